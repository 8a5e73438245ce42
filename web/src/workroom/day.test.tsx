import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { pseudonym, renderScreen } from '../test/render';
import { serve } from '../test/server';
import Day from './day';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const now = new Date().toISOString();

const row = (slot: string, state: string) => ({
  slot,
  batchCode: 'heron-1',
  state,
  submittedAt: now,
  seconds: 75,
  rounds: state === 'returned' ? 1 : 0,
});

function node(mine: object) {
  const server = serve({
    'GET /api/labs/north/work': () => ({
      body: {
        projects: [
          {
            id: project,
            code: 'amber-heron',
            open: true,
            mine: { leased: 0, submittedToday: 7, acceptedToday: 5, returned: 1 },
            suspended: null,
          },
        ],
      },
    }),
    [`GET ${at}/tasks/mine`]: () => ({ body: mine }),
    [`GET ${at}/appeals`]: () => ({
      body: {
        rows: [
          {
            id: 'a1',
            slot: 's3',
            state: 'dismissed',
            madeAt: now,
            person: pseudonym,
            mayDecide: false,
            decidedAt: now,
          },
        ],
        next: null,
      },
    }),
    [`GET ${at}/appeals/a1`]: () => ({
      body: {
        id: 'a1',
        slot: 's3',
        state: 'dismissed',
        words: 'It was right.',
        returned: 'Wrong.',
        decision: 'It was not.',
      },
    }),
    [`POST ${at}/tasks/s2/open`]: () => ({ body: { slot: 's2', reason: 'Too short.' } }),
    [`POST ${at}/tasks/s2/appeal`]: () => ({ status: 201, body: {} }),
  });
  renderScreen(<Day />, { path: '/labs/:lab/work/:project/day', at: `/labs/north/work/${project}/day` });
  return server;
}

test('Day_AnswersAndWhy_AreListedAndAnAppealGoesOut', async () => {
  const server = node({
    today: {
      answered: 12,
      accepted: 9,
      returned: 1,
      seconds: 3_725,
      gold: { right: 3, of: 4 },
      earned: [{ amount: 405, currency: 'EUR' }],
    },
    answers: [row('s1', 'submitted'), row('s2', 'returned')],
  });
  expect(await screen.findByText('3 of 4')).toBeTruthy();
  expect(screen.getByText('62:05 min')).toBeTruthy();
  expect(screen.getByText('€4.05')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show why' }));
  expect(await screen.findByText('Too short.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Appeal' }));
  await userEvent.type(await screen.findByLabelText('Why was your answer right?'), 'It is complete.');
  await userEvent.click(screen.getAllByRole('button', { name: 'Appeal' }).at(-1)!);
  await screen.findByRole('button', { name: 'Words' });
  expect(server.to('/appeal')[0]!.body).toEqual({ words: 'It is complete.' });
});

test('Day_AppealDecided_ShowsTheWordsOfAllThree', async () => {
  node({ today: { answered: 0, accepted: 0, returned: 0, seconds: 0 }, answers: [] });
  await userEvent.click(await screen.findByRole('button', { name: 'Words' }));
  expect(await screen.findByText('It was not.')).toBeTruthy();
  expect(screen.getByText('Wrong.')).toBeTruthy();
  expect(screen.getByText('It was right.')).toBeTruthy();
});
