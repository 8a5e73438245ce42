import { reviewActions, type Action } from '../../workroom/bindings';

// F and D judge here, so what they do elsewhere is on other keys.
const elsewhere: Record<string, string> = { differences: 'v', formatted: 'm' };

const shared = reviewActions
  .filter(({ id }) => ['differences', 'formatted', 'invisible', 'text', 'keys'].includes(id))
  .map((action) => ({ ...action, key: elsewhere[action.id] ?? action.key }));

/** What there is to do by key while a sample is judged. */
export const sampleKeys: { room: string; actions: readonly Action[] } = {
  room: 'acceptance',
  actions: [
    { id: 'fit', words: 'Fit: the answer is as it should be', key: 'f' },
    { id: 'defect', words: 'Defect: say what is wrong and what that rests on', key: 'd' },
    ...shared,
  ],
};
