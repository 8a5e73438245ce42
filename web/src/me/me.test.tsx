import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { VendorContext } from '../vendor/at-vendor';
import HeldAboutMe from './data/data';
import Statement from './pay/statement';
import EnrolAtLab from './work/enrol-at-lab';
import Work from './work/work';

const at = '2026-11-20T10:00:00Z';
const rates = [
  { kind: 'task', each: 1200, hour: 0 },
  { kind: 'reading', each: 0, hour: 3000 },
];
const placement = {
  id: 'pl1',
  lab: 'north',
  labAddress: 'https://lab.example.org',
  codeName: 'Heron',
  role: 'expert',
  currency: 'EUR',
  rates,
  weekHours: 20,
  noticeDays: 14,
  startedAt: at,
  vouchedUntil: at,
  labState: 'enrolled',
  fault: null,
  missing: [],
  endsAt: null,
  endedAt: null,
  endReason: null,
};

const asExpert = (page: ReactNode) => (
  <VendorContext value={{ slug: 'delta', role: 'expert', person: 'p1' }}>{page}</VendorContext>
);

test('Work_StoppedPlacementAndOffer_SayWhyWhatIsPaidAndWhatItPaidBefore', async () => {
  const offer = {
    id: 'o1',
    need: 'n1',
    lab: 'south',
    codeName: 'Wren',
    description: 'Reading of contracts',
    skills: [],
    languages: [],
    contentClasses: [],
    currency: 'EUR',
    rates,
    weekHours: 10,
    noticeDays: 14,
    pausePay: 50,
    earlier: {
      listedAt: at,
      currency: 'EUR',
      rates: [{ kind: 'task', each: 1500, hour: 0 }],
      weekHours: 12,
      sure: true,
    },
    missing: [],
    madeAt: at,
    expiresAt: at,
  };
  const server = serve({
    'GET /api/me/offers': () => ({ body: [offer] }),
    'GET /api/me/placements': () => ({ body: [placement] }),
    'GET /api/me/work': () => ({
      body: {
        stopped: [
          {
            placement: 'pl1',
            lab: 'north',
            project: null,
            reason: 'quality-question',
            since: at,
            seconds: 5400,
            begun: 1,
          },
        ],
        open: [{ need: 'n2', lab: 'east', codeName: 'Otter', currency: 'EUR', rates, weekHours: 5, free: 3 }],
      },
    }),
    'GET /api/me/work/notices': () => ({ body: [] }),
    'GET /api/me/time-off': () => ({ body: [] }),
    'POST /api/me/offers/o1/accept': () => ({ body: { placement: 'pl2' } }),
  });
  renderScreen(asExpert(<Work />));
  await screen.findByText('Work here has stopped: question of quality');
  screen.getByText(/The 1 h 30 min that you have worked on it stay payable; the lab keeps 1 task/);
  screen.getByText('€15.00 each: less now');
  screen.getByText(/Otter for east/);
  expect(screen.getByRole('link', { name: 'Work at the lab' }).getAttribute('href')).toBe(
    'https://lab.example.org',
  );
  await userEvent.click(screen.getByRole('button', { name: /^Accept….*Wren/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));
  expect(server.to('/o1/accept')).toHaveLength(1);
});

const jkt = 'a'.repeat(43);
const asked = (back: string) => `/me/enrol-at-lab#lab=north&jkt=${jkt}&back=${encodeURIComponent(back)}`;

test('EnrolAtLab_LabOfAPlacement_AsksOnceAndGoesBackWithTheStatement', async () => {
  const server = serve({
    'GET /api/me/placements': () => ({ body: [placement] }),
    'POST /api/me/placements/pl1/statement': () => ({
      body: { statement: 'a.b.c', back: 'https://lab.example.org/enrol' },
    }),
  });
  const leave = vi.fn();
  const back = 'https://lab.example.org/enrol';
  renderScreen(asExpert(<EnrolAtLab leave={leave} />), { path: '/me/enrol-at-lab', at: asked(back) });
  await userEvent.click(await screen.findByRole('button', { name: 'Enrol this browser at north' }));
  expect(server.to('/statement')[0]!.body).toEqual({ jkt, back });
  expect(leave).toHaveBeenCalledExactlyOnceWith('https://lab.example.org/enrol#statement=a.b.c');
});

test('EnrolAtLab_PageOfSomebodyElse_SendsNothing', async () => {
  const server = serve({ 'GET /api/me/placements': () => ({ body: [placement] }) });
  renderScreen(asExpert(<EnrolAtLab />), {
    path: '/me/enrol-at-lab',
    at: asked('https://lab.example.org.evil.example/enrol'),
  });
  await screen.findByText('You do not work for this lab');
  expect(screen.queryByRole('button')).toBeNull();
  expect(server.calls.some(({ method }) => method === 'POST')).toBe(false);
});

test('HeldAboutMe_Expert_SeesWhoReadAndErasesOnlyAfterTheirHandle', async () => {
  const server = serve({
    'GET /api/me/data': () => ({
      body: {
        person: 'p1',
        name: 'ada',
        role: 'expert',
        since: at,
        fields: [
          {
            field: 'profile',
            purpose: 'To reach you.',
            sealed: true,
            records: 1,
            days: 730,
            until: at,
            onErasure: 'Removed at once.',
          },
        ],
        lastReads: [
          {
            receipt: 7,
            at,
            by: 'bo',
            role: 'manager',
            purpose: 'match',
            fields: ['profile'],
            records: 1,
            refused: false,
            sound: true,
          },
        ],
        incidents: [],
        neverCollected: ['No pictures of your screen.'],
      },
    }),
    'GET /api/me/data/erasure': () => ({
      body: {
        confirm: 'ada',
        records: 3,
        does: ['Ends your sessions.'],
        stays: ['Receipts, without content.'],
      },
    }),
    'POST /api/me/data/erasure': () => ({ body: { records: 3, proposal: 'x' } }),
  });
  renderScreen(asExpert(<HeldAboutMe />));
  await screen.findByText('bo, manager');
  screen.getByText('No pictures of your screen.');
  await userEvent.click(screen.getByRole('button', { name: 'Erase me…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Receipts, without content.');
  const erase = dialog.getByRole<HTMLButtonElement>('button', { name: 'Erase me for good' });
  expect(erase.disabled).toBe(true);
  await userEvent.type(dialog.getByLabelText(/Your handle/), 'ada');
  await userEvent.click(erase);
  await dialog.findByText('3 records removed');
  expect(server.to('/erasure').at(-1)!.body).toEqual({ confirm: 'ada' });
});

test('Statement_Line_SaysHowItComesAboutAndCanBeDisputed', async () => {
  const entry = {
    entry: 11,
    kind: 'work',
    expert: 'p1',
    at,
    day: '2026-11-20',
    engagement: 'e1',
    event: 3,
    assignment: 'a',
    paid: 'task',
    act: 'done',
    seconds: 600,
    counted: 600,
    card: 'c',
    each: 1200,
    hour: 3000,
    carriedIn: 0,
    amount: 1700,
    carriedOut: 0,
    currency: 'EUR',
    refers: null,
    reason: null,
    by: null,
    hasWords: false,
  };
  const server = serve({
    'GET /api/me/pay/statements/s1': () => ({
      body: {
        statement: {
          id: 's1',
          expert: 'p1',
          number: 1,
          currency: 'EUR',
          from: '2026-11-20',
          until: '2026-11-20',
          zone: 'Europe/Berlin',
          lines: 1,
          total: 1700,
          head: 12,
          headHash: 'ff',
          madeAt: at,
          paid: false,
        },
        rates: [
          {
            statement: 's1',
            engagement: 'e1',
            seconds: 600,
            earned: 1700,
            hour: 10200,
            shortfall: 0,
            toppedUp: 0,
            unknown: 0,
          },
        ],
        lines: [entry],
        next: null,
      },
    }),
    'POST /api/me/pay/disputes': () => ({ status: 201, body: {} }),
  });
  renderScreen(asExpert(<Statement />), { path: '/me/pay/:statement', at: '/me/pay/s1' });
  await screen.findByText('1 × €12.00 + 600 s × €30.00 ÷ 3,600');
  screen.getByText('is the total');
  screen.getByText('not below the floor of the place');
  await userEvent.click(screen.getByRole('button', { name: /^Dispute….*entry 11/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('What is wrong with it'), 'It took longer.');
  await userEvent.click(dialog.getByRole('button', { name: 'Send the dispute' }));
  expect(server.to('/disputes')[0]!.body).toMatchObject({ entry: 11, words: 'It took longer.' });
});
