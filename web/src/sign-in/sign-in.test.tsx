import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { safePath, SignIn } from './sign-in';

test.each([
  ['/labs/north/work', '/labs/north/work'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  [null, '/'],
])('safePath_%s_LeadsTo%s', (to, path) => {
  expect(safePath(to)).toBe(path);
});

test('SignIn_WrongCode_SaysSoAndStays', async () => {
  const server = serve({
    'GET /api/session': () => ({ status: 401, body: {} }),
    'POST /api/sign-in/password': () => ({
      status: 401,
      body: { detail: 'Name, password or code is wrong.' },
    }),
  });
  renderScreen(<SignIn />);
  await userEvent.type(await screen.findByLabelText(/^Name/), 'ada');
  await userEvent.type(screen.getByLabelText(/^Password/), 'a long password');
  await userEvent.type(screen.getByLabelText(/^Code/), '123456');
  await userEvent.click(screen.getByRole('button', { name: /password and code/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('Name, password or code is wrong.');
  expect(server.to('/sign-in/password')[0]!.body).toEqual({
    name: 'ada',
    password: 'a long password',
    code: '123456',
  });
});

test('SignIn_ProviderOfALab_IsALinkThatLeadsBack', async () => {
  serve({
    'GET /api/session': () => ({ status: 401, body: {} }),
    'GET /api/sign-in/oidc': () => ({ body: [{ lab: 'north', name: 'North staff' }] }),
  });
  renderScreen(<SignIn />, { at: '/?to=%2Flabs%2Fnorth%2Fwork&problem=not-invited' });
  const link = await screen.findByRole('link', { name: 'Sign in with North staff' });
  expect(link.getAttribute('href')).toBe('/api/sign-in/oidc/north?to=%2Flabs%2Fnorth%2Fwork');
  expect(screen.getByRole('alert').textContent).toContain('Ask the lab for an enrolment link');
});
