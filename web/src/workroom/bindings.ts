import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import type { KeyMap } from './keys';

/** Something that a key does, whatever the form asks. */
export interface Action {
  id: string;
  words: string;
  /** Its key unless the person chose another. */
  key: string;
}

const shared: readonly Action[] = [
  { id: 'differences', words: 'Show differences between the responses', key: 'd' },
  { id: 'formatted', words: 'Show texts formatted, or as they are', key: 'f' },
  { id: 'invisible', words: 'Mark characters that cannot be seen, or not', key: 'i' },
  { id: 'text', words: 'To the text, to mark it', key: 't' },
  { id: 'keys', words: 'This list', key: '?' },
];

export const workActions: readonly Action[] = [
  { id: 'next', words: 'To the next question', key: 'n' },
  { id: 'previous', words: 'To the question before', key: 'p' },
  { id: 'write', words: 'Write: to the text field', key: 'w' },
  { id: 'search', words: 'To the search among options or labels', key: '/' },
  { id: 'skip', words: 'Skip this task', key: 's' },
  { id: 'report', words: 'Report a problem with this item', key: 'r' },
  { id: 'ask', words: 'Ask the lab a question', key: 'q' },
  { id: 'submit', words: 'Submit; the next task opens', key: 'Ctrl+Enter' },
  ...shared,
];

export const reviewActions: readonly Action[] = [
  { id: 'accept', words: 'Accept', key: 'a' },
  { id: 'return', words: 'Return with a reason and what it rests on', key: 'x' },
  { id: 'correct', words: 'Correct the answer; both versions are kept', key: 'c' },
  { id: 'escalate', words: 'Pass on to the lab', key: 'e' },
  ...shared,
];

export interface Bindings {
  actions: readonly Action[];
  keyOf(id: string): string;
  /** Gives an action another key. */
  bind(id: string, key: string): void;
  /** Actions that have the same key as another one. */
  conflicts: ReadonlySet<string>;
  changed: boolean;
  reset(): void;
}

/** The keys of a room, as this person has them in this browser. */
export function useBindings(room: string, actions: readonly Action[]): Bindings {
  const [own, setOwn] = useLocalStorage<Record<string, string>>({
    key: `cofferdam.keys.${room}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  return useMemo(() => {
    const keyOf = (id: string) => own[id] ?? actions.find((action) => action.id === id)?.key ?? '';
    const holders = new Map<string, string[]>();
    for (const { id } of actions) holders.set(keyOf(id), [...(holders.get(keyOf(id)) ?? []), id]);
    const conflicts = new Set([...holders.values()].filter((ids) => ids.length > 1).flat());
    return {
      actions,
      keyOf,
      bind: (id, key) => setOwn({ ...own, [id]: key }),
      conflicts,
      changed: Object.keys(own).length > 0,
      reset: () => setOwn({}),
    };
  }, [own, actions, setOwn]);
}

/** What the room's keys do. Of two actions with one key, the first in the list has it. */
export function keyMap({ actions, keyOf }: Bindings, acts: Record<string, (() => void) | undefined>): KeyMap {
  const map: KeyMap = {};
  for (const { id } of actions) map[keyOf(id)] ??= acts[id];
  return map;
}
