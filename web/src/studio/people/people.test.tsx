import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import People from './people';

const people = '/api/labs/north/people';
const person = { pseudonym: 'p1', name: 'Bo', role: 'annotator', joined: '2026-11-01T10:00:00Z', left: null };

const vendor = { id: 'e1', name: 'Delta Works', createdAt: person.joined, endedAt: null, people: 0 };

const routes = () =>
  serve({
    'GET /api/labs/north/engagements': () => ({ body: [vendor] }),
    [`PUT ${people}/p1/engagement`]: () => undefined,
    'POST /api/labs/north/invitations': () => ({
      body: { id: 'i', link: 'http://lab.localhost/enrol#abc', role: 'annotator', expires: person.joined },
    }),
    [`GET ${people}`]: () => ({ body: [person] }),
    'GET /api/labs/north/invitations': () => ({ body: [] }),
    'GET /api/labs/north/suspensions': () => ({ body: [] }),
    'GET /api/labs/north/tokens': () => ({ body: [] }),
    [`GET ${people}/p1/skills`]: () => ({ body: { skills: ['law'], languages: [] } }),
    [`PUT ${people}/p1/skills`]: (call) => ({ body: call.body }),
    [`DELETE ${people}/p1/sessions`]: () => undefined,
  });

test('People_Owner_SetsSkillsAndEndsSessions', async () => {
  const server = routes();
  renderScreen(<People />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: 'Bo' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(await dialog.findByLabelText('Languages'), 'DE, en');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await dialog.findByText('Saved: law, de, en');
  await userEvent.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));
  await dialog.findByText('Every session of the person has ended.');
  expect(server.to('/skills').at(-1)!.body).toEqual({ skills: ['law'], languages: ['de', 'en'] });
  expect(server.calls.some(({ method, path }) => method === 'DELETE' && path.endsWith('/p1/sessions'))).toBe(
    true,
  );
});

test('People_Auditor_SeesPeopleAndChangesNothing', async () => {
  const server = routes();
  renderScreen(<People />, { role: 'auditor' });
  await userEvent.click(await screen.findByRole('button', { name: 'Bo' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('law');
  expect(dialog.queryByRole('button', { name: 'Save' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Invite somebody', hidden: true })).toBeNull();
  expect(server.to('/invitations')).toHaveLength(0);
});

test('People_Staff_MoveSomebodyUnderAnEngagement', async () => {
  const server = routes();
  renderScreen(<People />, { role: 'projectManager' });
  await userEvent.click(await screen.findByRole('button', { name: 'Bo' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('option', { name: 'Delta Works' });
  await userEvent.selectOptions(dialog.getByLabelText('Works under'), 'Delta Works');
  await userEvent.click(dialog.getByRole('button', { name: 'Move' }));
  await dialog.findByText(/^Moved\./);
  expect(server.to('/p1/engagement')[0]!.body).toEqual({ engagement: 'e1' });
});

test('Invite_UnderAnEngagement_IsForExpertsAndReviewersAlone', async () => {
  const server = routes();
  renderScreen(<People />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: 'Invite somebody' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('option', { name: 'Delta Works' });
  await userEvent.selectOptions(dialog.getByLabelText('Works under'), 'Delta Works');
  await userEvent.click(dialog.getByRole('radio', { name: 'Auditor' }));
  expect(dialog.queryByLabelText('Works under')).toBeNull();
  await userEvent.click(dialog.getByRole('radio', { name: 'Reviewer' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Make a link' }));
  await dialog.findByLabelText('enrolment link');
  expect(server.to('/invitations').find(({ method }) => method === 'POST')!.body).toEqual({
    role: 'reviewer',
    engagement: 'e1',
  });
});
