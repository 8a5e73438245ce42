import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Policy } from '../../api/types';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Budgets from './budgets';
import { raises } from './policy';

const lab = '/api/labs/north';
const project = '0190aaaa-0000-7000-8000-0000000000b1';
const policy: Policy = {
  weights: { guidelineSection: 10, item: 1 },
  personPerHour: 5_000,
  engagementPerHour: 1_000_000,
  processPerHour: 10_000_000,
  hostPerHour: 20_000_000,
  personTotal: null,
  engagementTotal: null,
  rereadsPerMinute: 6_000,
  shredDelaySeconds: 86_400,
  twoToResume: false,
  unsignedStaff: true,
};
const use = {
  kind: 'person',
  subject: 'p1',
  name: 'Bo',
  hour: 4_000,
  hourLimit: 5_000,
  total: 9_000,
  totalLimit: null,
};
const share = { subject: 'p1', name: 'Bo', shown: 40, part: 0.4, records: 4 };

function node(more: Parameters<typeof serve>[0] = {}) {
  return serve({
    [`GET ${lab}/policy`]: () => ({ body: policy }),
    [`GET ${lab}/budgets`]: () => ({ body: [use, { ...use, subject: 'p2', name: 'Cy', hour: 5_000 }] }),
    [`GET ${lab}/projects`]: () => ({ body: [{ id: project, name: 'Tides', code: 'amber-heron' }] }),
    [`GET ${lab}/people`]: () => ({ body: [] }),
    [`GET ${lab}/engagements`]: () => ({ body: [] }),
    [`GET ${lab}/projects/*/shares`]: () => ({
      body: {
        weight: 100,
        persons: [share],
        engagements: [],
        hosts: [],
        coalitions: [{ people: 2, part: 0.55, partAtMost: 0.7 }],
      },
    }),
    [`PUT ${lab}/policy`]: (call) => ({
      body: { policy: call.body, proposal: null, sentence: 'They hold from now on.' },
    }),
    ...more,
  });
}

test('Budgets_Spent_StandsAgainstItsLimit', async () => {
  node();
  renderScreen(<Budgets lab="north" />, { role: 'auditor' });
  const table = await screen.findByRole('table', { name: 'Budgets' });
  const row = within(within(table).getByText('Bo').closest('tr')!);
  row.getByText('4,000');
  row.getByText('5,000');
  row.getByText('not bounded');
  within(within(table).getByText('Cy').closest('tr')!).getByText('Used up');
});

test('Budgets_Shares_SayPersonsCoalitionsAndTheirBound', async () => {
  node();
  renderScreen(<Budgets lab="north" />, { role: 'auditor' });
  const people = within(await screen.findByRole('table', { name: 'Shares of people' }));
  people.getByText('40.0 %');
  const together = within(screen.getByRole('table', { name: 'Shares of people together' }));
  together.getByText('2 people');
  together.getByText('55.0 %');
  together.getByText('70.0 %');
});

test('Budgets_NothingYet_SaysWhenThereWillBe', async () => {
  node({ [`GET ${lab}/budgets`]: () => ({ body: [] }), [`GET ${lab}/projects`]: () => ({ body: [] }) });
  renderScreen(<Budgets lab="north" />, { role: 'owner' });
  await screen.findByRole('heading', { name: 'Nothing was shown yet' });
  await screen.findByRole('heading', { name: 'There is no project yet' });
});

test('Budgets_Auditor_SeesLimitsAndChangesNone', async () => {
  node();
  renderScreen(<Budgets lab="north" />, { role: 'auditor' });
  await screen.findByRole('table', { name: 'Limits' });
  expect(screen.queryByRole('button', { name: /Change/ })).toBeNull();
});

test('Policy_LimitLowered_IsInForceAtOnce', async () => {
  const server = node();
  renderScreen(<Budgets lab="north" />, { role: 'projectManager' });
  await userEvent.click(await screen.findByRole('button', { name: /Change weights/ }));
  const dialog = within(await screen.findByRole('dialog'));
  const person = dialog.getByLabelText(/One person, per hour/);
  await userEvent.clear(person);
  await userEvent.type(person, '4000');
  await userEvent.click(dialog.getByRole('button', { name: 'Put in force' }));
  await screen.findByText(/They hold from now on/);
  expect(server.to('/policy').at(-2)!.body).toEqual({ ...policy, personPerHour: 4_000 });
});

test('Policy_LimitRaised_SaysBeforeThatItTakesTwo', async () => {
  node({
    [`PUT ${lab}/policy`]: () => ({
      status: 202,
      body: {
        policy,
        proposal: { id: 'x' },
        sentence: 'It comes into force once somebody else approves it.',
      },
    }),
  });
  renderScreen(<Budgets lab="north" />, { role: 'projectManager' });
  await userEvent.click(await screen.findByRole('button', { name: /Change weights/ }));
  const dialog = within(await screen.findByRole('dialog'));
  const person = dialog.getByLabelText(/One person, per hour/);
  await userEvent.clear(person);
  await userEvent.type(person, '6000');
  dialog.getByText('One person, per hour: 5,000 to 6,000');
  await userEvent.click(dialog.getByRole('button', { name: 'Propose the change' }));
  await screen.findByText('Waits for a second person');
});

test('raises_LowerWeightNoTotalAndOnePersonToResume_AreAllTold', () => {
  const before = { ...policy, personTotal: 10, twoToResume: true };
  const after = {
    ...policy,
    weights: { guidelineSection: 2, item: 1 },
    personTotal: null,
    shredDelaySeconds: 0,
  };
  expect(raises(before, after)).toEqual([
    'One person, ever: 10 to not bounded',
    'Weight of guideline sections: 10 to 2',
    'A shorter delay before shredding',
    'One person may lift a suspension',
  ]);
  expect(raises(after, before)).toEqual([]);
});
