import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { VendorContext } from '../vendor/at-vendor';
import Engagement from './engagements/engagement';
import Labs from './labs/labs';
import Needs from './needs/needs';
import Payouts from './pay/payouts';
import Person from './people/person';
import Roster from './roster/roster';
import { readQuestions } from './vetting/questions';

const at = '2026-11-20T10:00:00Z';
const asOwner = (page: ReactNode) => (
  <VendorContext value={{ slug: 'delta', role: 'owner', person: 'me' }}>{page}</VendorContext>
);

const peer = {
  id: 'p1',
  node: 'n1',
  name: 'North labs',
  address: 'https://lab.example.org',
  lab: 'north',
  state: 'pending',
  fingerprint: '04913 88217 60032 11954 73380 25641',
  begunHere: true,
  confirmed: false,
  theyConfirmed: true,
  createdAt: at,
  endedAt: null,
  endedHere: null,
  keys: [],
};

test('Labs_PendingPairing_IsConfirmedByTheDigitsThatWereHeard', async () => {
  const server = serve({
    'GET /api/desk/peers': () => ({ body: [peer] }),
    'POST /api/desk/peers/p1/confirm': () => ({ body: { ...peer, confirmed: true, state: 'active' } }),
  });
  renderScreen(asOwner(<Labs />));
  await screen.findByText('The lab has confirmed, you have not');
  expect(
    within(screen.getByRole('list', { name: 'Digits to compare' })).getAllByRole('listitem'),
  ).toHaveLength(6);
  const confirm = screen.getByRole<HTMLButtonElement>('button', { name: 'Confirm the pairing' });
  expect(confirm.disabled).toBe(true);
  await userEvent.type(screen.getByLabelText(/Digits as the lab/), peer.fingerprint);
  await userEvent.click(confirm);
  expect(server.to('/confirm')[0]!.body).toEqual({ fingerprint: peer.fingerprint });
});

const row = {
  id: 'e1',
  lab: 'north',
  labName: 'North labs',
  state: 'inForce',
  revision: 1,
  proposed: 2,
  placed: 41,
  headcount: 50,
  noticeAt: null,
  endsAt: null,
  endedBy: null,
  stopped: 'security-incident',
  createdAt: at,
};
const terms = {
  revision: 1,
  programme: 'Law',
  tier: 3,
  currency: 'EUR',
  rates: [{ kind: 'task', unit: 'each', minorUnits: 2000 }],
  noticeDays: 14,
  pausePay: 50,
  ends: null,
  subContractors: [],
  clocks: { incident: 24, withdrawal: 1 },
  headcount: 50,
  byHand: true,
  agreements: [{ code: 'nda', version: 2 }],
  training: true,
  singleEvents: true,
};

test('Engagement_SuspendedWithChangedTerms_SaysWhyAndWhatAcceptingTouches', async () => {
  const server = serve({
    'GET /api/desk/engagements': () => ({ body: [row] }),
    'GET /api/desk/engagements/e1': () => ({
      body: {
        engagement: row,
        terms,
        proposed: { ...terms, revision: 2, noticeDays: 7 },
        events: 9,
        briefs: [],
      },
    }),
    'GET /api/desk/placements': () => ({ body: [] }),
    'POST /api/desk/engagements/e1/answer': () => undefined,
  });
  renderScreen(asOwner(<Engagement />), {
    path: '/desk/engagements/:engagement',
    at: '/desk/engagements/e1',
  });
  await screen.findByText('The lab has suspended this engagement: security incident');
  screen.getByText('(changed; was: 14 days)');
  await userEvent.click(screen.getByRole('button', { name: 'Accept…' }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/for 41 people placed here too/);
  await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));
  expect(server.to('/answer')[0]!.body).toEqual({ revision: 2, accepted: true });
});

const need = {
  id: 'n1',
  engagement: 'e1',
  brief: 'b1',
  lab: 'north',
  places: 5,
  placed: 1,
  offered: 0,
  currency: 'EUR',
  rates: [{ kind: 'task', each: 1200, hour: 0 }],
  weekHours: 20,
  terms: {
    skills: [{ anyOf: [{ code: 'law', level: 'working', verified: true }] }],
    languages: [],
    contentClasses: [],
    agreements: [],
    training: [],
  },
  listed: true,
  createdAt: at,
  closedAt: null,
};

test('Needs_PeopleWhoFit_AreShownWithReasonsAndOfferedTo', async () => {
  const server = serve({
    'GET /api/desk/needs': () => ({ body: [need] }),
    'GET /api/desk/needs/n1/offers': () => ({ body: [] }),
    'POST /api/desk/matches': () => ({
      body: {
        rule: 'Who meets all comes first.',
        people: [
          {
            person: 'x1',
            name: 'ada',
            missing: 1,
            rate: null,
            criteria: [
              { kind: 'skill', state: 'met', reason: 'law: verified.', gate: false },
              { kind: 'agreement', state: 'notMet', reason: 'Has not signed nda.', gate: true },
            ],
          },
        ],
        next: null,
      },
    }),
    'POST /api/desk/needs/n1/offers': () => ({ body: { made: ['x1'], skipped: [] } }),
  });
  renderScreen(asOwner(<Needs />), { path: '/desk/needs', at: '/desk/needs' });
  await screen.findByText(/Has not signed nda. Nobody is placed without it./);
  await userEvent.click(screen.getByRole('checkbox', { name: 'ada' }));
  await userEvent.click(screen.getByRole('button', { name: 'Offer to 1 person…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Make the offers' }));
  await dialog.findByText('1 person has an offer now');
  expect(server.to('/offers').find(({ method }) => method === 'POST')!.body).toEqual({
    experts: ['x1'],
    openHours: 72,
  });
});

test('Person_Profile_IsOpenedOnlyWhenAskedFor', async () => {
  const server = serve({
    'GET /api/desk/experts/x1/vetting': () => ({ body: { interviews: [], checks: [], tests: [] } }),
    'GET /api/desk/placements': () => ({ body: [] }),
    'GET /api/desk/experts/x1/profile': () => ({
      body: {
        person: 'x1',
        name: 'ada',
        zone: 'Europe/Berlin',
        hoursPerWeek: 20,
        skills: [],
        languages: [],
        rates: [],
        country: null,
        contentClasses: [],
        listed: true,
        own: { fullName: 'Ada L' },
        changedAt: at,
      },
    }),
  });
  renderScreen(asOwner(<Person />), { path: '/desk/people/:person', at: '/desk/people/x1' });
  await screen.findByText(/Nothing yet/);
  expect(server.to('/profile')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Open the profile' }));
  await screen.findByText('Ada L');
});

test('Roster_Week_PlansAPersonAroundTheirDaysOff', async () => {
  const server = serve({
    'GET /api/desk/engagements': () => ({ body: [{ ...row, stopped: null }] }),
    'GET /api/desk/roster/teams': () => ({ body: [] }),
    'GET /api/desk/roster': (call) => ({
      body: {
        monday: call.query.get('monday'),
        neededHours: 40,
        placedHours: 20,
        placed: 1,
        plannedMinutes: [480, 0, 0, 0, 0, 0, 0],
        people: [
          {
            placement: 'pl1',
            expert: 'x1',
            name: 'ada',
            zone: 'Europe/Berlin',
            role: 'expert',
            team: null,
            weekHours: 20,
            minutes: [480, 0, 0, 0, 0, 0, 0],
            off: [false, true, false, false, false, false, false],
          },
        ],
        next: null,
      },
    }),
    'PUT /api/desk/roster/pl1': () => undefined,
  });
  renderScreen(asOwner(<Roster />));
  await screen.findByText('Open needs ask for 40 hours');
  await userEvent.click(screen.getByRole('button', { name: /ada/ }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText<HTMLInputElement>('Tue (off)').disabled).toBe(true);
  const wednesday = dialog.getByLabelText('Wed');
  await userEvent.clear(wednesday);
  await userEvent.type(wednesday, '7.5');
  await userEvent.click(dialog.getByRole('button', { name: 'Keep it' }));
  expect(server.to('/roster/pl1')[0]!.body).toMatchObject({ minutes: [480, 0, 450, 0, 0, 0, 0] });
});

test('Payout_ProposedByOneself_IsForSomebodyElseToApprove', async () => {
  const payout = {
    id: 'q1',
    messageId: 'DELTA-1',
    currency: 'EUR',
    state: 'proposed',
    executeOn: '2026-12-01',
    transfers: 1,
    total: 1700,
    digest: 'ab',
    proposedBy: 'me',
    proposedAt: at,
    approvedBy: null,
    approvedAt: null,
  };
  serve({
    'GET /api/desk/pay/payouts': () => ({ body: [payout] }),
    'GET /api/desk/pay/payouts/q1': () => ({
      body: { payout, lines: [{ statement: 's1', expert: 'x1', amount: 1700 }], files: [] },
    }),
  });
  renderScreen(asOwner(<Payouts />));
  await userEvent.click(await screen.findByRole('button', { name: 'DELTA-1' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/so somebody else of payroll approves it/);
  expect(dialog.queryByRole('button', { name: /^Approve/ })).toBeNull();
});

test('readQuestions_OptionsAndCriteria_AreTakenByTheirMarks', () => {
  expect(readQuestions('Which clause?\n- 4\n* 7\n= It caps it.\n\nExplain.\n+ names the cap')).toEqual([
    { key: 'q1', text: 'Which clause?', points: 1, options: ['4', '7'], right: 1, why: 'It caps it.' },
    { key: 'q2', text: 'Explain.', points: 1, criteria: ['names the cap'] },
  ]);
});
