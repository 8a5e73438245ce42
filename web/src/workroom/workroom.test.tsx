import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
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

function node({ suspended = false } = {}) {
  let next = 0;
  const state = { suspended };
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
    [`POST ${at}/tasks/next`]: () => (state.suspended ? stopped : { body: task(`slot-${++next}`) }),
    [`POST ${at}/tasks/*/open`]: (_, [slot = '']) => ({ body: task(slot) }),
    [`GET ${at}/forms/1`]: () => ({
      body: {
        version: 1,
        questions: [
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
    [`POST ${at}/tasks/*/submit`]: () => (state.suspended ? stopped : { body: { state: 'submitted' } }),
    [`POST ${at}/tasks/*/release`]: () => undefined,
    [`POST ${at}/tasks/*/skip`]: () => undefined,
  });
  return { server, state };
}

const enter = async () => {
  renderScreen(<Workroom />, { path: '/labs/:lab/work/:project', at: `/labs/north/work/${project}` });
  await userEvent.click(await screen.findByRole('button', { name: /I have read them/ }));
  await screen.findByRole('radio', { name: /A is much better/ });
};

test('Workroom_FirstTask_ComesAfterTheGuidelinesAreRead', async () => {
  node();
  renderScreen(<Workroom />, { path: '/labs/:lab/work/:project', at: `/labs/north/work/${project}` });
  await screen.findByRole('heading', { name: /Before you start/ });
  expect(screen.getByText('useful').tagName).toBe('STRONG');
  expect(screen.queryByText('Prompt of slot-1')).toBeNull();
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
    /1 waiting to be sent/,
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
