import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { Enrol } from './enrol';

afterEach(() => history.replaceState(null, '', '/'));

const look = () => ({ body: { from: 'north', role: 'annotator', expires: '2030-01-01T00:00:00Z' } });

test('Enrol_LinkOpened_TokenLeavesTheAddressBar', async () => {
  history.replaceState(null, '', '/enrol#secret-token');
  const server = serve({ 'POST /api/enrolments/look': look });
  renderScreen(<Enrol />);
  expect(await screen.findByText(/You are invited/)).toBeTruthy();
  expect(location.href).not.toContain('secret-token');
  expect(server.calls[0]!.body).toEqual({ token: 'secret-token' });
});

test('Enrol_WithoutToken_SaysWhatToDo', () => {
  serve({});
  renderScreen(<Enrol />);
  expect(screen.getByText(/needs an enrolment link/)).toBeTruthy();
});

test('Enrol_PasswordAndCode_SendsWhatTheServerAskedFor', async () => {
  history.replaceState(null, '', '/enrol#t');
  const server = serve({
    'POST /api/enrolments/look': look,
    'POST /api/enrolments/totp': () => ({
      body: { secret: 'JBSWY3DP', uri: 'otpauth://totp/x', state: 'sealed' },
    }),
    'POST /api/enrolments/password': () => undefined,
    'GET /api/session': () => ({ status: 401, body: {} }),
  });
  renderScreen(<Enrol />);
  await userEvent.type(await screen.findByLabelText(/^Name/), 'zoe');
  await userEvent.click(screen.getByRole('button', { name: /Use a password/ }));
  expect((await screen.findByLabelText('authenticator key')).textContent).toBe('JBSWY3DP');
  await userEvent.type(screen.getByLabelText(/^Password/), 'a long password');
  await userEvent.type(screen.getByLabelText(/^Code/), '654321');
  await userEvent.click(screen.getByRole('button', { name: /Enrol with/ }));
  expect(server.to('/password')[0]!.body).toEqual({
    token: 't',
    name: 'zoe',
    password: 'a long password',
    code: '654321',
    state: 'sealed',
  });
});
