import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Proposal } from '../../api/types';
import { pseudonym, renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Proposals from './proposals';

const lab = '/api/labs/north';
const project = '0190aaaa-0000-7000-8000-0000000000b1';
const other = '0190aaaa-0000-7000-8000-00000000a002';
const proposal: Proposal = {
  id: 'x1',
  kind: 'shredProject',
  subject: project,
  policy: null,
  by: other,
  at: '2026-11-22T10:00:00Z',
  approvedBy: null,
  effectiveAt: null,
  goneAt: null,
  state: 'open',
  receipt: 9,
};

function node(proposals: Proposal[]) {
  return serve({
    [`GET ${lab}/proposals`]: () => ({ body: proposals }),
    [`GET ${lab}/projects`]: () => ({ body: [{ id: project, name: 'Tides', code: 'amber-heron' }] }),
    [`GET ${lab}/people`]: () => ({ body: [{ pseudonym: other, name: 'Bo' }] }),
    [`GET ${lab}/engagements`]: () => ({ body: [] }),
    [`GET ${lab}/policy`]: () => ({ body: { shredDelaySeconds: 86_400, weights: {} } }),
    [`POST ${lab}/proposals`]: () => ({ status: 202, body: { ...proposal, by: pseudonym } }),
    [`POST ${lab}/proposals/*/approve`]: () => ({
      body: { ...proposal, state: 'approved', effectiveAt: '2026-11-24T10:00:00Z', receipt: 11 },
    }),
    [`POST ${lab}/proposals/*/withdraw`]: () => ({ body: { ...proposal, state: 'withdrawn', receipt: 12 } }),
  });
}

test('Approve_Shredding_SaysWhatItTouchesAndAsksTwice', async () => {
  const server = node([proposal]);
  renderScreen(<Proposals lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: /^Approve….*Tides/ }));
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText(/Destroys the keys of the project/);
  await dialog.findByText(/24 hours after a second owner has approved it/);
  const approve = dialog.getByRole<HTMLButtonElement>('button', { name: 'Approve it' });
  expect(approve.disabled).toBe(true);
  await userEvent.click(dialog.getByRole('checkbox'));
  await userEvent.click(approve);
  await screen.findByText(/Receipt 11/);
  expect(server.to('/x1/approve')).toHaveLength(1);
});

test('Proposals_OwnOne_CanBeWithdrawnButNotApproved', async () => {
  node([{ ...proposal, by: pseudonym }]);
  renderScreen(<Proposals lab="north" />, { role: 'owner' });
  await screen.findByRole('button', { name: /Withdraw…/ });
  expect(screen.queryByRole('button', { name: /Approve…/ })).toBeNull();
});

test.each(['projectManager', 'auditor'] as const)('Proposals_Shredding_IsNothingForA_%s', async (role) => {
  node([proposal]);
  renderScreen(<Proposals lab="north" />, { role });
  await screen.findByText('Shred project Tides');
  expect(screen.queryByRole('button', { name: /Approve…|Withdraw…|Propose to/ })).toBeNull();
});

test('Propose_Shredding_NeedsTheNameTyped', async () => {
  const server = node([]);
  renderScreen(<Proposals lab="north" />, { role: 'owner' });
  await screen.findByRole('heading', { name: 'Nothing waits for a second person' });
  await userEvent.click(screen.getByRole('button', { name: /Propose to shred/ }));
  const dialog = within(await screen.findByRole('dialog'));
  const propose = dialog.getByRole<HTMLButtonElement>('button', { name: 'Propose it' });
  expect(propose.disabled).toBe(true);
  await userEvent.type(await dialog.findByLabelText('Type its name to go on: Tides'), 'Tides');
  await userEvent.click(propose);
  await screen.findByText('It waits for another owner');
  expect(server.to('/proposals').find(({ method }) => method === 'POST')!.body).toEqual({
    kind: 'shredProject',
    subject: project,
  });
});
