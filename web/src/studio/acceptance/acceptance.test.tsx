import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Acceptance } from '../../api/types';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import AcceptanceTab from './acceptance';
import { DecideDialog } from './decide-dialog';
import Judge from './judge';
import { estimateWords } from './words';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const round: Acceptance = {
  id: 'r1',
  batch: 'b1',
  number: 1,
  state: 'drawn',
  population: 1_000,
  sample: 50,
  judged: 40,
  defects: 3,
  rate: { value: 0.075, low: 0.026, high: 0.199 },
  drawnAt: '2026-11-22T10:00:00Z',
  drawnBy: 'a',
  decidedAt: null,
  decidedBy: null,
  settled: false,
};
const sampled = (slot: string, text: string) => ({
  slot,
  item: `i${slot}`,
  text,
  answers: { fine: { values: ['yes'] } },
  sections: [],
  guidelineVersion: 0,
  formVersion: 1,
  receipt: 5,
});

test('estimateWords_Interval_IsTakenToTheBatch', () => {
  expect(estimateWords(round)).toContain('2.6 % to 19.9 % (95 %), that is 26 to 199 of 1,000 answers');
});

test('AcceptanceTab_Drawn_SendsTheSizeAndShowsTheRound', async () => {
  const rounds: Acceptance[] = [];
  const server = serve({
    [`GET ${at}/acceptances`]: () => ({ body: rounds }),
    [`GET ${at}/batches`]: () => ({ body: [{ id: 'b1', name: 'First', code: 'amber tern', state: 'open' }] }),
    [`POST ${at}/batches/b1/acceptances`]: () => {
      rounds.push({ ...round, judged: 0, defects: 0, rate: null });
      return { status: 201, body: rounds[0] };
    },
  });
  renderScreen(<AcceptanceTab lab="north" project={project} />, { role: 'projectManager' });
  await userEvent.click(await screen.findByRole('button', { name: 'Draw a sample…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('radio', { name: 'a share of them' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Draw the sample' }));
  await screen.findByRole('heading', { name: 'First, round 1' });
  expect(screen.getByText('No answer is judged yet.')).toBeTruthy();
  expect(server.to('/b1/acceptances')[0]!.body).toEqual({ percent: 10 });
});

test('Judge_Keys_JudgeAnswerByAnswer', async () => {
  const left = [sampled('s1', 'The first text.'), sampled('s2', 'The second text.')];
  const server = serve({
    [`GET ${at}/acceptances`]: () => ({ body: [round] }),
    [`GET ${at}/forms/1`]: () => ({
      body: {
        version: 1,
        questions: [
          {
            key: 'fine',
            type: 'choice',
            title: 'Is it fine?',
            required: true,
            multiple: false,
            options: [
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ],
          },
        ],
      },
    }),
    [`POST ${at}/acceptances/r1/next`]: () => (left.length > 0 ? { body: left.shift() } : undefined),
    [`POST ${at}/acceptances/r1/slots/*`]: () => undefined,
  });
  renderScreen(<Judge />, {
    path: '/labs/:lab/review/:project/acceptances/:acceptance',
    at: `/labs/north/review/${project}/acceptances/r1`,
    role: 'reviewer',
  });
  await screen.findByText('The first text.');
  expect(await screen.findByText(/defects so far 7.5 %/)).toBeTruthy();
  await screen.findByText(/Is it fine/);
  await userEvent.keyboard('f');
  await screen.findByText('The second text.');
  await screen.findByText(/Is it fine/);
  await userEvent.keyboard('d');
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Reason'), 'Not so.');
  await userEvent.selectOptions(dialog.getByLabelText('Question'), 'fine');
  await userEvent.click(dialog.getByRole('button', { name: 'Save the defect' }));
  await screen.findByRole('heading', { name: 'Nothing is left for you to judge' });
  expect(server.to('/slots/s1')[0]!.body).toEqual({ verdict: 'fit' });
  expect(server.to('/slots/s2')[0]!.body).toMatchObject({
    verdict: 'defect',
    reason: 'Not so.',
    evidence: { question: 'fine' },
  });
});

test('DecideDialog_NotJudgedToTheEnd_CanOnlyReject', async () => {
  const server = serve({ [`POST ${at}/acceptances/r1/decision`]: () => ({ body: round }) });
  renderScreen(
    <DecideDialog lab="north" project={project} round={round} name="First" close={() => undefined} />,
  );
  expect(await screen.findAllByRole('radio')).toHaveLength(1);
  await userEvent.type(screen.getByLabelText('Reason'), 'Too many.');
  await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
  await expect
    .poll(() => server.to('/decision')[0]?.body)
    .toEqual({ decision: 'reject', reason: 'Too many.' });
});
