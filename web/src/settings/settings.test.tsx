import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import Settings from './settings';

const session = (id: string, current: boolean) => ({
  id,
  kind: 'passkey',
  createdAt: '2026-11-20T10:00:00Z',
  lastSeenAt: '2026-11-22T10:00:00Z',
  endsAt: '2026-12-22T10:00:00Z',
  current,
});

const routes = () =>
  serve({
    'GET /api/sessions': () => ({ body: [session('s1', true), session('s2', false)] }),
    'DELETE /api/sessions/s2': () => undefined,
    'GET /api/labs/north/tokens': () => ({ body: [] }),
    'POST /api/labs/north/tokens': (call) => ({
      status: 201,
      body: { id: 't1', ...(call.body as object), secret: 'cof_secret' },
    }),
    'GET /api/notices/email': () => ({
      body: { offered: true, hasAddress: false, confirmed: false, topics: [] },
    }),
    'PUT /api/notices/email': () => ({
      body: { offered: true, hasAddress: true, confirmed: false, topics: ['myWork'] },
    }),
    'POST /api/notices/email/confirm': () => ({
      body: { offered: true, hasAddress: true, confirmed: true, topics: ['myWork'] },
    }),
  });

test('Settings_OtherSession_IsEnded', async () => {
  const server = routes();
  renderScreen(<Settings />);
  await userEvent.click(await screen.findByRole('button', { name: 'End' }));
  await expect.poll(() => server.to('/sessions/s2')).toHaveLength(1);
  // Whoever annotates has no tokens.
  expect(server.to('/tokens')).toHaveLength(0);
});

test('Settings_Token_ShowsItsSecretOnce', async () => {
  const server = routes();
  renderScreen(<Settings />, { role: 'projectManager' });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a token…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Name'), 'nightly');
  await userEvent.click(dialog.getByRole('checkbox', { name: 'import' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Make the token' }));
  expect((await screen.findByLabelText('secret')).textContent).toBe('cof_secret');
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByText('cof_secret')).toBeNull();
  const made = server.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/tokens'))!;
  expect(made.body).toMatchObject({ name: 'nightly', scopes: ['read', 'import'] });
});

test('Settings_Mail_IsConfirmedByItsCode', async () => {
  const server = routes();
  renderScreen(<Settings />);
  await userEvent.type(await screen.findByLabelText('Address'), 'ada@example.org');
  await userEvent.click(screen.getByRole('button', { name: 'Mail me a code' }));
  await userEvent.type(await screen.findByLabelText('Code from the mail'), '12345678');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  await screen.findByText('An address is confirmed');
  expect(server.to('/confirm')[0]!.body).toEqual({ code: '12345678' });
});
