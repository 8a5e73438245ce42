import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import Appeals from './appeals';
import Escalations from './escalations';
import ReviewRoom from './review-room';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const person = '0190aaaa-0000-7000-8000-00000000c001';
const at = `/api/labs/north/projects/${project}`;

beforeEach(() => localStorage.clear());

const form = {
  version: 1,
  questions: [
    {
      key: 'topic',
      type: 'choice',
      title: 'Which topic?',
      required: true,
      options: [
        { value: 'card', label: 'Card' },
        { value: 'cash', label: 'Cash' },
      ],
    },
  ],
};
const answer = (slot: string) => ({
  slot,
  item: 'i',
  text: `Words of ${slot}`,
  prelabels: { topic: { values: ['cash'] } },
  answers: { topic: { values: ['card'], prelabel: 'changed' } },
  annotator: person,
  sections: [{ key: 'style', title: 'Style', body: 'Be brief.', questions: [] }],
  guidelineVersion: 1,
  formVersion: 1,
  leaseUntil: new Date().toISOString(),
  receipt: 1,
});

const work = {
  body: {
    projects: [
      {
        id: project,
        code: 'amber-heron',
        open: true,
        mine: { leased: 0, submittedToday: 0, acceptedToday: 0, returned: 0 },
        suspended: null,
      },
    ],
  },
};

function reviewing() {
  let next = 0;
  const server = serve({
    'GET /api/labs/north/work': () => work,
    [`GET ${at}/forms/1`]: () => ({ body: form }),
    [`POST ${at}/reviews/next`]: () => ({ body: answer(`slot-${++next}`) }),
    [`POST ${at}/reviews/*`]: () => ({ body: { state: 'accepted' } }),
  });
  renderScreen(<ReviewRoom />, {
    path: '/labs/:lab/review/:project',
    at: `/labs/north/review/${project}`,
    role: 'reviewer',
  });
  const decided = () => server.calls.filter(({ path }) => path.includes('/reviews/slot-')).map((c) => c.body);
  return {
    server,
    decided,
    ready: () => screen.findByText('Words of slot-1').then(() => screen.findByText(/Which topic/)),
  };
}

test('ReviewRoom_AnswerBesideItsSuggestion_SaysWhatChanged', async () => {
  const { ready } = reviewing();
  await ready();
  expect(screen.getByText('was: Cash')).toBeTruthy();
  expect(screen.getByText('changed from the suggestion')).toBeTruthy();
});

test('ReviewRoom_AcceptByKey_DecidesAndOpensTheNext', async () => {
  const { ready, decided } = reviewing();
  await ready();
  fireEvent.keyDown(document.body, { key: 'a' });
  await screen.findByText('Words of slot-2');
  expect(decided()).toEqual([{ decision: 'accept' }]);
});

test('ReviewRoom_ReturnWithoutEvidence_IsHeldBackUntilItNamesSome', async () => {
  const { ready, decided } = reviewing();
  await ready();
  fireEvent.keyDown(document.body, { key: 'x' });
  await userEvent.type(await screen.findByLabelText('Reason'), 'Not what the section says.');
  await userEvent.click(screen.getByRole('button', { name: 'Return' }));
  await screen.findByText(/Name a question or a section/);
  expect(decided()).toEqual([]);
  await userEvent.selectOptions(screen.getByLabelText('Guideline section'), 'style');
  await userEvent.click(screen.getByRole('button', { name: 'Return' }));
  await screen.findByText('Words of slot-2');
  expect(decided()).toEqual([
    {
      decision: 'return',
      reason: 'Not what the section says.',
      evidence: { question: null, section: 'style', quote: null },
    },
  ]);
});

test('ReviewRoom_Correction_IsMadeInPlaceAndSentWithItsReason', async () => {
  const { ready, decided } = reviewing();
  await ready();
  fireEvent.keyDown(document.body, { key: 'c' });
  const cash = await screen.findByRole('radio', { name: /Cash/ });
  await waitFor(() => expect((cash as HTMLInputElement).disabled).toBe(false));
  fireEvent.keyDown(document.body, { key: '2' });
  // While something is being corrected, the keys of decisions are quiet.
  fireEvent.keyDown(document.body, { key: 'a' });
  await userEvent.click(screen.getByRole('button', { name: 'Save the correction' }));
  await userEvent.type(await screen.findByLabelText('Why is it corrected?'), 'It says cash.');
  await userEvent.click(screen.getAllByRole('button', { name: 'Save the correction' }).at(-1)!);
  await screen.findByText('Words of slot-2');
  expect(decided()).toEqual([
    { decision: 'correct', reason: 'It says cash.', answers: { topic: { values: ['cash'] } } },
  ]);
});

test('Appeals_Opened_ShowBothSidesAndAreDecidedWithAReason', async () => {
  const row = {
    id: 'a1',
    slot: 's',
    state: 'open',
    madeAt: new Date().toISOString(),
    person,
    decidedAt: null,
  };
  const server = serve({
    [`GET ${at}/forms/1`]: () => ({ body: form }),
    [`GET ${at}/appeals`]: () => ({
      body: {
        rows: [
          { ...row, mayDecide: true },
          { ...row, id: 'a2', mayDecide: false },
        ],
        next: null,
      },
    }),
    [`GET ${at}/appeals/a1`]: () => ({
      body: {
        ...answer('s'),
        ...row,
        mayDecide: true,
        words: 'The text says card.',
        returned: 'It is cash.',
        evidence: { section: 'style', question: null, quote: 'the quoted words' },
        decision: null,
      },
    }),
    [`POST ${at}/appeals/a1/decision`]: () => ({ body: {} }),
  });
  renderScreen(<Appeals />, {
    path: '/labs/:lab/review/:project/appeals',
    at: `/labs/north/review/${project}/appeals`,
    role: 'reviewer',
  });
  expect(await screen.findByText(/somebody else decides/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(await screen.findByText('It is cash.')).toBeTruthy();
  expect(screen.getByText('The text says card.')).toBeTruthy();
  expect(screen.getByText('the quoted words')).toBeTruthy();
  expect(screen.getByText(/It rests on/).textContent).toContain('the guideline section “Style”');
  const uphold = screen.getByRole<HTMLButtonElement>('button', { name: /Uphold/ });
  await waitFor(() => expect(uphold.disabled).toBe(false));
  await userEvent.click(uphold);
  await userEvent.type(await screen.findByLabelText('Why?'), 'They are right.');
  await userEvent.click(screen.getByRole('button', { name: 'Uphold' }));
  await screen.findByRole('heading', { name: 'Appeals' });
  expect(server.to('/decision')[0]!.body).toEqual({ uphold: true, reason: 'They are right.' });
});

test('Escalations_Opened_TellWhatWasDecidedBeforeAndCanBeCancelled', async () => {
  const server = serve({
    [`GET ${at}/forms/1`]: () => ({ body: form }),
    [`GET ${at}/escalations`]: () => ({
      body: [
        {
          slot: 's9',
          item: 'i',
          batch: 'b',
          annotator: person,
          rounds: 3,
          submittedAt: new Date().toISOString(),
        },
      ],
    }),
    [`POST ${at}/escalations/s9/open`]: () => ({
      body: {
        ...answer('s9'),
        reviews: [
          {
            reviewer: person,
            kind: 'first',
            decision: 'return',
            decidedAt: '2026-01-01T00:00:00Z',
            reason: 'No.',
          },
        ],
      },
    }),
    [`POST ${at}/escalations/s9`]: () => ({ body: { state: 'cancelled' } }),
  });
  renderScreen(<Escalations />, {
    path: '/labs/:lab/review/:project/escalations',
    at: `/labs/north/review/${project}/escalations`,
    role: 'owner',
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Open' }));
  expect(await screen.findByText('returned earlier')).toBeTruthy();
  expect(screen.getByText('No.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel the task' }));
  await userEvent.type(await screen.findByLabelText('Why?'), 'Not usable.');
  await userEvent.click(screen.getAllByRole('button', { name: 'Cancel the task' }).at(-1)!);
  await screen.findByRole('heading', { name: 'Passed on to the lab' });
  const decision = server.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/s9'));
  expect(decision?.body).toEqual({ decision: 'cancel', reason: 'Not usable.' });
});
