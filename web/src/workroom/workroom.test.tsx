import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { pseudonym, renderScreen } from '../test/render';
import { serve } from '../test/server';
import { eraseAllKept, Kept } from './kept';
import Workroom from './workroom';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

beforeEach(async () => {
  localStorage.clear();
  await eraseAllKept();
});

interface Setting {
  /** Guidelines of version 3 were acknowledged. */
  acknowledged?: boolean;
  suspended?: boolean;
  more?: object;
  questions?: object[];
  refusal?: { code: string; detail: string };
  gold?: object;
  warned?: boolean;
}

function node({
  suspended = false,
  acknowledged = true,
  more,
  questions,
  refusal,
  gold,
  warned,
}: Setting = {}) {
  let next = 0;
  const state = { suspended, acknowledged };
  const task = (slot: string) => ({
    slot,
    project,
    item: slot,
    batchCode: 'heron-1',
    prompt: `Prompt of ${slot}`,
    left: 'left words',
    right: 'right words',
    sections: [{ key: 'a', title: 'Usefulness', body: 'Prefer **useful**.', questions: [] }],
    guidelineVersion: 3,
    formVersion: 1,
    leaseUntil: new Date(Date.now() + 600_000).toISOString(),
    draft: null,
    state: 'leased',
    reason: null,
    receipt: 1,
    ...more,
  });
  const stopped = {
    status: 423,
    body: { code: 'suspended', reason: 'plannedPause', detail: 'Work here is stopped.' },
  };
  const server = serve({
    'GET /api/labs/north/work': () => ({
      body: {
        projects: [
          {
            id: project,
            code: 'amber-heron',
            open: true,
            mine: { leased: 0, submittedToday: 13, acceptedToday: 0, returned: 0 },
            suspended: null,
          },
        ],
      },
    }),
    [`GET ${at}/tasks`]: () => ({ body: [] }),
    [`POST ${at}/tasks/next`]: () => {
      if (state.suspended) return stopped;
      if (!state.acknowledged)
        return { status: 409, body: { code: 'guidelines-unread', version: 3, detail: 'Read them first.' } };
      if (refusal) return { status: 409, body: refusal };
      return { body: task(`slot-${++next}`) };
    },
    [`POST ${at}/guidelines/3/read`]: () => ({
      body: {
        version: 3,
        from: 2,
        sections: [
          { key: 'a', title: 'Usefulness', body: 'Prefer **useful**.', change: 'same', before: null },
          { key: 'b', title: 'Style', body: 'Be brief.', change: 'changed', before: 'Be long.' },
        ],
      },
    }),
    [`PUT ${at}/guidelines/3/acknowledgement`]: () => {
      state.acknowledged = true;
      return undefined;
    },
    [`GET ${at}/warnings`]: () => ({
      body: { warnings: warned ? [{ key: 'v', label: '<b>violence</b>' }] : [], accepted: null },
    }),
    [`PUT ${at}/warning-choice`]: () => undefined,
    [`POST ${at}/tasks/*/questions`]: () => ({ status: 201, body: {} }),
    [`GET ${at}/questions`]: () => ({
      body: [
        {
          id: 'q1',
          askedAt: new Date().toISOString(),
          by: pseudonym,
          slot: null,
          text: 'What of typos?',
          answer: 'Let them be.',
          answeredAt: new Date().toISOString(),
          published: true,
        },
      ],
    }),
    [`POST ${at}/tasks/*/appeal`]: () => ({ status: 201, body: {} }),
    [`POST ${at}/tasks/*/open`]: (_, [slot = '']) => ({ body: task(slot) }),
    [`GET ${at}/forms/1`]: () => ({
      body: {
        version: 1,
        questions: questions ?? [
          {
            key: 'preference',
            type: 'pairwise',
            title: 'Which is better?',
            points: 5,
            tie: true,
            required: true,
          },
          { key: 'why', type: 'text', title: 'Why?', required: false, maxLength: 4000 },
        ],
      },
    }),
    [`PUT ${at}/tasks/*/draft`]: (call) => ({
      body: { version: Number(call.headers.get('If-Match')?.replaceAll('"', '')) + 1 },
    }),
    [`POST ${at}/tasks/*/submit`]: () => (state.suspended ? stopped : { body: { state: 'submitted', gold } }),
    [`POST ${at}/tasks/*/release`]: () => undefined,
    [`POST ${at}/tasks/*/skip`]: () => undefined,
  });
  return { server, state };
}

const show = () =>
  renderScreen(<Workroom />, { path: '/labs/:lab/work/:project', at: `/labs/north/work/${project}` });

const enter = async () => {
  show();
  await screen.findByRole('radio', { name: /A is much better/ });
};

test('Workroom_GuidelinesUnread_ShowsWhatChangedAndAsksBeforeTheFirstTask', async () => {
  const { server } = node({ acknowledged: false });
  show();
  await screen.findByRole('heading', { name: /Before you start/ });
  expect((await screen.findByText('useful')).tagName).toBe('STRONG');
  expect(screen.getByText(/version 3, you last read version 2/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show what changed' }));
  expect((await screen.findByText('long')).tagName).toBe('DEL');
  expect(screen.queryByText('Prompt of slot-1')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /I have read them/ }));
  await screen.findByText('Prompt of slot-1');
  expect(server.to('/acknowledgement')).toHaveLength(1);
});

test('Workroom_ContentWarning_OpensNothingBeforeTheChoice', async () => {
  const { server } = node({ warned: true });
  show();
  expect(await screen.findByText('<b>violence</b>')).toBeTruthy();
  expect(server.to('/next')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Not for me' }));
  await screen.findByText('Prompt of slot-1');
  expect(server.to('/warning-choice')[0]!.body).toEqual({ accept: false });
});

test('Workroom_DayCapReached_SaysSoInWords', async () => {
  node({ refusal: { code: 'daily-cap', detail: 'You have given 50 answers in this batch today.' } });
  show();
  await screen.findByRole('heading', { name: /day’s limit/ });
  expect(screen.getByText(/50 answers in this batch today/)).toBeTruthy();
});

test('Workroom_KeyChosenAnew_WorksAndTheOldOneDoesNot', async () => {
  node();
  await enter();
  fireEvent.keyDown(document.body, { key: '?' });
  await userEvent.click(await screen.findByRole('button', { name: /Skip this task. Now s/ }));
  fireEvent.keyDown(document.activeElement!, { key: 'r' });
  expect(await screen.findAllByText(/Another action has this key too/)).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: /Skip this task. Now r/ }));
  fireEvent.keyDown(document.activeElement!, { key: 'x' });
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.keyDown(document.body, { key: 's' });
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.keyDown(document.body, { key: 'x' });
  await screen.findByRole('dialog', { name: 'Skip this task' });
});

test('Workroom_SuggestedAnswer_IsSubmittedOnlyOnceItWasInView', async () => {
  const seen: ((entries: object[]) => void)[] = [];
  const targets: Element[] = [];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(tell: (entries: object[]) => void) {
        seen.push(tell);
      }
      observe(target: Element) {
        targets.push(target);
      }
      disconnect() {}
    },
  );
  const { server } = node({ more: { prelabels: { preference: { choice: 2 } } } });
  await enter();
  expect(screen.getByText('1 suggestion will count as your answer')).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText(/look at it, then submit again/);
  expect(server.to('/submit')).toHaveLength(0);
  const target = targets.findLast((element) => (element as HTMLElement).dataset.question === 'preference');
  const entry = { target, isIntersecting: true, intersectionRatio: 1, intersectionRect: { height: 90 } };
  seen.forEach((tell) => tell([entry]));
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(server.to('/submit')).toHaveLength(1));
  expect(server.to('/submit')[0]!.body).toMatchObject({ answers: { preference: { choice: 2 } } });
});

test('Workroom_TrainingItem_TellsTheResultBesideTheNextTask', async () => {
  node({
    gold: { correct: false, explanation: 'B has a mistake.', expected: { preference: { choice: -1 } } },
  });
  await enter();
  fireEvent.keyDown(document.body, { key: '4' });
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText(/Training: your last answer was not as expected/);
  expect(screen.getByText('A is better', { exact: false, selector: 'p' })).toBeTruthy();
  expect(screen.getByText('B has a mistake.')).toBeTruthy();
  expect(screen.getByText('Prompt of slot-2')).toBeTruthy();
});

test('Workroom_Returned_ShowsTheReasonAndTakesAnAppeal', async () => {
  const evidence = { question: 'preference', section: 'gone', quote: 'the quoted words' };
  const { server } = node({ more: { state: 'returned', reason: 'Too short.', rounds: 2, evidence } });
  await enter();
  expect(screen.getByText('Too short.')).toBeTruthy();
  expect(screen.getByText('the quoted words')).toBeTruthy();
  const rests = screen.getByText(/It rests on/);
  // By its title; the key only where the title is not at hand.
  expect(rests.textContent).not.toContain('“preference”');
  expect(rests.textContent).toContain('the guideline section “gone”');
  await userEvent.click(screen.getByRole('button', { name: 'Appeal' }));
  await userEvent.type(await screen.findByLabelText('Why was your answer right?'), 'It is long.');
  await userEvent.click(screen.getAllByRole('button', { name: 'Appeal' }).at(-1)!);
  await screen.findByText(/Your appeal is with somebody/);
  expect(server.to('/appeal')[0]!.body).toEqual({ words: 'It is long.' });
});

test('Workroom_AskingTheLab_SendsItAndListsWhatWasAnswered', async () => {
  const { server } = node();
  await enter();
  fireEvent.keyDown(document.body, { key: 'q' });
  await screen.findByText('Let them be.');
  await userEvent.type(screen.getByLabelText('Your question'), 'And numbers?');
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }));
  await screen.findByText(/is with the lab/);
  const asked = server.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/questions'));
  expect(asked?.body).toEqual({ text: 'And numbers?' });
});

test('Workroom_ImageItem_IsFetchedFromTheTaskAndZoomedByKeys', async () => {
  const image = { id: 'i', type: 'image/png', bytes: 9 };
  node({ more: { prompt: undefined, left: undefined, right: undefined, image } });
  await enter();
  const picture = screen.getByRole<HTMLImageElement>('img', { name: 'image of this item' });
  expect(picture.getAttribute('src')).toBe(`${at}/tasks/slot-1/image`);
  const pane = screen.getByRole('group', { name: 'Image, zoom and move' });
  expect(document.activeElement).toBe(pane);
  fireEvent.keyDown(pane, { key: '+' });
  fireEvent.keyDown(pane, { key: 'ArrowRight' });
  expect(picture.style.transform).toBe('translate(-60px, 0px) scale(1.25)');
  fireEvent.keyDown(pane, { key: '0' });
  expect(picture.style.transform).toBe('translate(0px, 0px) scale(1)');
});

test('Workroom_KeysAndCtrlEnter_SubmitOnceAndShowTheNextTask', async () => {
  const { server } = node();
  await enter();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Task 14 of today');
  fireEvent.keyDown(document.body, { key: '4' });
  expect((screen.getByRole('radio', { name: /^B is better/ }) as HTMLInputElement).checked).toBe(true);
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText('Prompt of slot-2');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Task 15 of today');
  await waitFor(() => expect(server.to('/submit')).toHaveLength(1));
  const sent = server.to('/submit')[0]!;
  expect(sent.path).toContain('slot-1');
  expect(sent.body).toMatchObject({ answers: { preference: { choice: 1 } } });
});

test('Workroom_RequiredQuestionOpen_SaysSoAndPutsTheFocusThere', async () => {
  const { server } = node();
  await enter();
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  expect(await screen.findByText('Choose one before you submit.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: /A is much better/ }));
  expect(server.to('/submit')).toHaveLength(0);
});

test('Workroom_TypingAReason_KeepsKeysQuietAndSavesADraft', async () => {
  const { server } = node();
  await enter();
  await userEvent.type(screen.getByLabelText(/Why/), 's r 5');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(
    () => expect(server.to('/draft').at(-1)?.body).toEqual({ answers: { why: { text: 's r 5' } } }),
    {
      timeout: 5_000,
    },
  );
  expect(server.to('/draft')[0]!.headers.get('If-Match')).toBe('"0"');
  await screen.findByText(/^saved/, {}, { timeout: 5_000 });
});

test('Workroom_SubmittedWhileOffline_IsKeptAndSentWhenTheLineIsBack', async () => {
  const { server } = node();
  await enter();
  fireEvent.keyDown(document.body, { key: '1' });
  server.cut(true);
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText(
    /1 answer kept here, will be sent/,
    { selector: 'span:not(.visually-hidden)' },
    { timeout: 5_000 },
  );
  const kept = await Kept.open(pseudonym);
  expect(await kept.list('submission')).toHaveLength(1);
  server.cut(false);
  dispatchEvent(new Event('online'));
  await waitFor(() => expect(server.to('/submit')).toHaveLength(1), { timeout: 5_000 });
  await waitFor(async () => expect(await kept.list('submission')).toHaveLength(0));
  kept.close();
});

test('Workroom_SuspendedAtSubmit_EndsThePageKeepsTheDraftAndErasesThisBrowser', async () => {
  const { server, state } = node();
  await enter();
  fireEvent.keyDown(document.body, { key: '1' });
  state.suspended = true;
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText(/Reason: planned pause/);
  expect(screen.queryByText(/Prompt of/)).toBeNull();
  expect(server.to('/draft').at(-1)?.body).toEqual({ answers: { preference: { choice: -2 } } });
  await waitFor(async () => {
    const kept = await Kept.open(pseudonym);
    expect(await kept.list('submission')).toEqual([]);
    expect(await kept.list('draft')).toEqual([]);
    kept.close();
  });
});

test('Workroom_SingleKeysTurnedOff_OnlyCtrlEnterWorks', async () => {
  localStorage.setItem('cofferdam.single-keys', 'false');
  node();
  await enter();
  fireEvent.keyDown(document.body, { key: '1' });
  expect((screen.getByRole('radio', { name: /A is much better/ }) as HTMLInputElement).checked).toBe(false);
});

test('Workroom_PausedAndResumed_HasWhatWasTypedAndSavesOnTopOfIt', async () => {
  const { server } = node();
  await enter();
  await userEvent.type(screen.getByLabelText(/Why/), 'first');
  await screen.findByText(/^saved/, {}, { timeout: 5_000 });
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
  expect(screen.queryByText('Prompt of slot-1')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
  const why = await screen.findByLabelText(/Why/);
  expect((why as HTMLTextAreaElement).value).toBe('first');
  const saves = server.to('/draft').length;
  await userEvent.type(why, ', then more');
  await waitFor(() => expect(server.to('/draft').length).toBeGreaterThan(saves), { timeout: 5_000 });
  expect(server.to('/draft')[saves]!.headers.get('If-Match')).toBe(`"${saves}"`);
});

test('Workroom_SubmitPressedTwice_SendsOneAnswerAndSkipsNoTask', async () => {
  const { server } = node();
  await enter();
  fireEvent.keyDown(document.body, { key: '4' });
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findByText('Prompt of slot-2');
  await waitFor(() => expect(server.to('/submit')).toHaveLength(1));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Task 15 of today');
});

test('Workroom_SkipDialogClosedByAccident_StillHasTheWords', async () => {
  node();
  await enter();
  fireEvent.keyDown(document.body, { key: 's' });
  await userEvent.type(await screen.findByLabelText(/optional; the lab reads it/), 'not my field');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.keyDown(document.body, { key: 's' });
  const words = await screen.findByLabelText(/optional; the lab reads it/);
  expect((words as HTMLTextAreaElement).value).toBe('not my field');
});

test('Workroom_WAndEscape_LeadIntoTheTextAndOutOfIt', async () => {
  node();
  await enter();
  fireEvent.keyDown(document.body, { key: 'w' });
  const why = screen.getByLabelText(/Why/);
  expect(document.activeElement).toBe(why);
  await userEvent.type(why, 'because{Escape}');
  expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Prompt' }));
  fireEvent.keyDown(document.body, { key: 'w' });
  expect((why as HTMLTextAreaElement).selectionStart).toBe('because'.length);
});
