import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { BiasScan, Figures } from '../../api/types';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import FiguresTab from './figures';
import { lastDays, niceTop } from './throughput';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const counts = { open: 10, leased: 2, submitted: 3, accepted: 80, returned: 1, escalated: 4, cancelled: 0 };
const figures: Figures = {
  asOf: '2026-11-22T10:00:00Z',
  progress: { items: 50, ...counts },
  throughput: [
    { day: '2026-11-20', submitted: 30, accepted: 20 },
    { day: '2026-11-22', submitted: 53, accepted: 60 },
  ],
  cost: { currency: 'EUR', spent: 6_400, acceptedItems: 40, perAcceptedItem: 160 },
  forecast: { remaining: 20, perDay: 40, doneBy: '2026-11-23T10:00:00Z' },
  agreement: { value: 0.9, low: 0.78, high: 0.96, items: 40 },
  batches: [
    {
      ...counts,
      id: 'b1',
      code: 'amber tern',
      state: 'open',
      items: 50,
      overlap: 2,
      deadline: null,
      spent: 6_400,
      currency: 'EUR',
      agreement: null,
      acceptance: 'drawn',
    },
  ],
  people: [
    {
      pseudonym: '0190aaaa-0000-7000-8000-00000000a001',
      submitted: 40,
      accepted: 38,
      returned: 1,
      gold: { right: 9, of: 10, low: 0.6, high: 0.98 },
      review: null,
      seconds: { median: 75 },
    },
  ],
  stuck: [],
};

test('lastDays_Gap_IsADayWithNothing', () => {
  expect(lastDays(figures.throughput).map(({ submitted }) => submitted)).toEqual([30, 0, 53]);
  expect(lastDays(figures.throughput, 2)).toHaveLength(2);
});

test('niceTop_AnyValue_IsNotBelowIt', () => {
  expect([1, 3, 5, 60, 99, 1_000].map(niceTop)).toEqual([2, 6, 6, 100, 100, 1_000]);
});

test('FiguresTab_Figures_AreInWordsWithIntervalsAndTablesBehind', async () => {
  serve({ [`GET ${at}/figures`]: () => ({ body: figures }) });
  renderScreen(<FiguresTab lab="north" project={project} />, { role: 'auditor' });
  expect(await screen.findByText('€1.60')).toBeTruthy();
  expect(screen.getByText(/78.0 % to 96.0 % \(95 %\), pairs of answers to 40 items/)).toBeTruthy();
  expect(
    screen.getByRole('img', { name: /83 submitted, 80 accepted, most on 2026-11-22 with 60/ }),
  ).toBeTruthy();
  expect(
    screen.getByRole('img', { name: /Right on known answers.*0000a001 90.0 %, 60.0 % to 98.0 %/ }),
  ).toBeTruthy();
  expect(screen.queryByRole('table', { name: 'Throughput by day' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'As a table: Throughput' }));
  expect(screen.getByRole('table', { name: 'Throughput by day' })).toBeTruthy();
  // A scan opens answers: an auditor is not offered one.
  expect(screen.queryByText('Left and right')).toBeNull();
});

test('Bias_Scan_IsStartedOnAskingAndStopped', async () => {
  let scan: BiasScan | null = null;
  const server = serve({
    [`GET ${at}/figures`]: () => ({ body: figures }),
    [`GET ${at}/figures/bias`]: () => (scan ? { body: scan } : { status: 204 }),
    [`POST ${at}/figures/bias`]: () => {
      scan = {
        id: 's1',
        state: 'running',
        scanned: 5,
        total: 80,
        requestedAt: '2026-11-22T10:00:00Z',
        requestedBy: 'a',
        endedAt: null,
        problem: null,
        people: null,
      };
      return { status: 201, body: scan };
    },
    [`DELETE ${at}/figures/bias/s1`]: () => {
      scan = { ...scan!, state: 'cancelled' };
      return undefined;
    },
  });
  renderScreen(<FiguresTab lab="north" project={project} />, { role: 'projectManager' });
  const look = await screen.findByRole('button', { name: 'Look at the last scan' });
  expect(server.to('/bias')).toHaveLength(0);
  await userEvent.click(look);
  await userEvent.click(await screen.findByRole('button', { name: 'Scan every answer' }));
  await screen.findByText(/5 of 80 answers opened/);
  await userEvent.click(screen.getByRole('button', { name: 'Stop the scan' }));
  await screen.findByText('Stopped');
});
