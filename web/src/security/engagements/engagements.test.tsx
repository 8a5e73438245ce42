import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Engagements from './engagements';

const lab = '/api/labs/north';
const vendor = { id: 'e1', name: 'Delta Works', createdAt: '2026-11-22T10:00:00Z', endedAt: null, people: 2 };

function node(engagements: object[]) {
  return serve({
    [`GET ${lab}/engagements`]: () => ({ body: engagements }),
    [`GET ${lab}/suspensions`]: () => ({ body: [] }),
    [`POST ${lab}/engagements`]: () => ({ status: 201, body: vendor }),
    [`POST ${lab}/engagements/*/end`]: () => ({
      status: 409,
      body: { code: 'engagement-in-use', detail: 'People still work under this engagement.' },
    }),
    [`POST ${lab}/suspensions/preview`]: () => ({ body: { sentence: 'Stops 2 people in 1 project.' } }),
  });
}

test('Engagements_None_SaysWhatOneIsAndAddsIt', async () => {
  const server = node([]);
  renderScreen(<Engagements lab="north" />, { role: 'projectManager' });
  await screen.findByRole('heading', { name: 'No engagements' });
  await userEvent.type(screen.getByLabelText('Name of a new engagement'), ' Delta Works ');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(server.to('/engagements').find(({ method }) => method === 'POST')!.body).toEqual({
    name: 'Delta Works',
  });
});

test('Engagements_SuspendAndEnd_SayBeforehandWhatTheyTouch', async () => {
  node([vendor]);
  renderScreen(<Engagements lab="north" />, { role: 'owner' });
  await userEvent.click(await screen.findByRole('button', { name: /^Suspend.*Delta Works/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Stops 2 people in 1 project.');
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(screen.getByRole('button', { name: /^End.*Delta Works/ }));
  const end = within(await screen.findByRole('dialog'));
  end.getByText(/2 still do/);
  await userEvent.click(end.getByRole('button', { name: 'End it' }));
  await end.findByText('People still work under this engagement.');
});

test('Engagements_Auditor_SeesNeitherNamesNorActs', async () => {
  node([{ ...vendor, id: '0190aaaa-0000-7000-8000-0000000000e1', name: null }]);
  renderScreen(<Engagements lab="north" />, { role: 'auditor' });
  await screen.findByText('…000000e1');
  expect(screen.queryByRole('button', { name: /Suspend|End|Add/ })).toBeNull();
});
