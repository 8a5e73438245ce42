import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Suspension } from '../../api/types';
import SuspensionBar, { inWords } from '../../session/suspension-bar';
import { pseudonym, renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Suspensions from './suspensions';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const vendor = '0190aaaa-0000-7000-8000-0000000000e1';
const lab = '/api/labs/north';

const suspension: Suspension = {
  suspension: 's1',
  scope: 'engagement',
  id: vendor,
  reason: 'contractQuestion',
  since: '2026-11-22T10:00:00Z',
  until: null,
  receipt: 42,
  lastDisclosure: 41,
  by: pseudonym,
  drill: false,
  twoToLift: false,
  resumeBy: null,
};

function node(suspensions: Suspension[], more: Parameters<typeof serve>[0] = {}) {
  return serve({
    [`GET ${lab}/suspensions`]: () => ({ body: suspensions }),
    [`GET ${lab}/projects`]: () => ({ body: [{ id: project, name: 'Tides', code: 'amber-heron' }] }),
    [`GET ${lab}/people`]: () => ({ body: [{ pseudonym, name: 'Ada' }] }),
    [`GET ${lab}/engagements`]: () => ({
      body: [{ id: vendor, name: 'Delta Works', people: 41, endedAt: null }],
    }),
    [`GET ${lab}/budgets`]: () => ({ body: [] }),
    [`POST ${lab}/suspensions/preview`]: () => ({ body: { sentence: 'Stops 41 people in 3 projects.' } }),
    [`POST ${lab}/suspensions`]: () => ({
      body: { ...suspension, acknowledged: 1, expired: 0, inFlight: [] },
    }),
    ...more,
  });
}

test('Suspensions_OfAnEngagement_IsToldInWordsWithWhoAndReceipt', async () => {
  node([suspension]);
  renderScreen(<Suspensions lab="north" />, { role: 'projectManager' });
  const row = within((await screen.findByText('Engagement Delta Works')).closest('tr')!);
  row.getByText('question of contract');
  row.getByText('Ada');
  row.getByText('42');
  row.getByText('it is lifted');
});

test('Suspensions_None_StaffAreToldWhatToDo', async () => {
  node([]);
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await screen.findByRole('heading', { name: 'Nothing is suspended' });
  screen.getByRole('button', { name: 'Suspend…' });
});

test('Suspensions_Auditor_ProvesAndChangesNothing', async () => {
  node([suspension], {
    [`GET ${lab}/suspensions/s1/proof`]: () => ({
      body: {
        suspension,
        receipt: 42,
        lastDisclosure: 41,
        until: 57,
        ended: null,
        disclosedAfter: [],
        wouldHaveRefused: 0,
      },
    }),
  });
  renderScreen(<Suspensions lab="north" />, { role: 'auditor' });
  await userEvent.click(await screen.findByRole('button', { name: /^Proof/ }));
  await screen.findByText('Nothing was disclosed in this scope since');
  screen.getByText('every receipt up to 57');
  expect(screen.queryByRole('button', { name: /Resume|Suspend/, hidden: true })).toBeNull();
});

test('Proof_DisclosedAfter_SaysThatThePromiseIsBroken', async () => {
  node([suspension], {
    [`GET ${lab}/suspensions/s1/proof`]: () => ({
      body: {
        suspension,
        receipt: 42,
        lastDisclosure: 41,
        until: 57,
        ended: null,
        disclosedAfter: [44, 50],
        wouldHaveRefused: 0,
      },
    }),
  });
  renderScreen(<Suspensions lab="north" />, { role: 'auditor' });
  await userEvent.click(await screen.findByRole('button', { name: /^Proof/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('Receipts: 44, 50.');
});

test('Suspensions_Failed_SaysWhyAndOffersToTryAgain', async () => {
  node([], { [`GET ${lab}/suspensions`]: () => ({ status: 500, body: { detail: 'Something broke.' } }) });
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  const alert = within(await screen.findByRole('alert'));
  alert.getByText('Something broke.');
  alert.getByRole('button', { name: 'Try again' });
});

test('Suspend_Exports_NamesNoneAndSendsTheDrill', async () => {
  const server = node([]);
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: 'Suspend…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.selectOptions(dialog.getByLabelText('What to stop'), 'export');
  await userEvent.click(dialog.getByLabelText(/^Drill/));
  await userEvent.type(dialog.getByLabelText('Until'), '2030-01-01T08:00');
  await dialog.findByText('Stops 41 people in 3 projects.');
  await userEvent.click(dialog.getByRole('button', { name: 'Start the drill' }));
  await dialog.findByText(/Acknowledged by 1 vault process\./);
  expect(server.to('/suspensions').find(({ method }) => method === 'POST')!.body).toEqual({
    scope: 'export',
    reason: 'securityIncident',
    until: new Date('2030-01-01T08:00').toISOString(),
    drill: true,
  });
});

test('Suspend_NothingChosen_CannotBePressed', async () => {
  const server = node([]);
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: 'Suspend…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('option', { name: 'Tides' });
  expect(dialog.queryByRole('button', { name: 'Suspend now' })).toBeNull();
  await userEvent.selectOptions(dialog.getByLabelText('Which'), 'Tides');
  await dialog.findByText('Stops 41 people in 3 projects.');
  dialog.getByRole('button', { name: 'Suspend now' });
  expect(server.to('/suspensions/preview')).toHaveLength(1);
});

test('Suspend_WrongIdOfAModel_IsNotSent', async () => {
  node([]);
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: 'Suspend…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.selectOptions(dialog.getByLabelText('What to stop'), 'model');
  await userEvent.type(dialog.getByLabelText('Model'), 'model-7');
  dialog.getByText(/An id looks like/);
  expect(dialog.queryByRole('button', { name: 'Suspend now' })).toBeNull();
});

test('Resume_TakesTwo_SaysWhoIsStillToCome', async () => {
  let asked = false;
  const server = node([], {
    [`GET ${lab}/suspensions`]: () => ({
      body: [{ ...suspension, twoToLift: true, resumeBy: asked ? pseudonym : null }],
    }),
    [`DELETE ${lab}/suspensions/s1`]: () => {
      asked = true;
      return { status: 202, body: { sentence: 'Noted.' } };
    },
  });
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await screen.findByText('Lifting it takes two people.');
  await userEvent.click(screen.getByRole('button', { name: /^Resume engagement, Engagement Delta Works/ }));
  await within(await screen.findByRole('dialog')).findByText('Nothing changes yet');
  expect(server.to('/suspensions/s1')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Ask to resume' }));
  await screen.findByText(/It takes a second person/);
  expect(screen.queryByRole('button', { name: /^Resume engagement/ })).toBeNull();
});

test('Resume_Drill_SaysThatItStoppedNothing', async () => {
  const server = node([{ ...suspension, drill: true }], {
    [`DELETE ${lab}/suspensions/s1`]: () => ({ status: 204 }),
  });
  renderScreen(<Suspensions lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: /^End the drill/ }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/It stopped nothing/);
  await userEvent.click(dialog.getByRole('button', { name: 'End it now' }));
  await waitFor(() => expect(server.to('/suspensions/s1')).toHaveLength(1));
});

test('inWords_EveryScope_CountsWhatCanBeCounted', () => {
  const of = (scope: Suspension['scope']) => ({ ...suspension, scope });
  expect(inWords([of('model'), of('person'), of('project'), of('person'), of('lab'), of('process')])).toBe(
    'the whole lab, 1 project, 2 people, 1 server process, sends to models',
  );
});

test('SuspensionBar_DrillBesideAStop_IsToldApart', async () => {
  node([suspension, { ...suspension, suspension: 's2', scope: 'project', id: project, drill: true }]);
  renderScreen(<SuspensionBar lab="north" />, { role: 'owner' });
  expect((await screen.findByText('Suspended:')).parentElement!.textContent).toContain(
    '1 engagement. Last since',
  );
  expect(screen.getByText(/^Drill/).parentElement!.textContent).toContain('1 project');
});
