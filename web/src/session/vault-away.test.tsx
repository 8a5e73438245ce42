import { useQuery } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askPlain } from '../api/client';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { ProblemNotice } from '../ui/notice';
import { VaultAway } from './vault-away';

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => vi.useRealTimers());

const away = {
  status: 503,
  body: { code: 'vault-unavailable', trouble: 'connection', detail: 'The vault does not answer.' },
};

function Thing() {
  const thing = useQuery({ queryKey: ['thing'], queryFn: () => askPlain<string>('GET', '/api/thing') });
  return (
    <>
      <VaultAway />
      <ProblemNotice error={thing.error} retry={() => void thing.refetch()} />
      {thing.isPending && 'loading'}
      {thing.data}
    </>
  );
}

test('VaultAway_WhileItIs_SaysSoAndTriesAgainByItself', async () => {
  let back = false;
  const server = serve({ 'GET /api/thing': () => (back ? { body: 'the thing' } : away) });
  renderScreen(<Thing />, { role: 'owner' });
  await screen.findByText(/nothing can be opened or saved now/);
  screen.getByText(/The vault does not answer\. What was saved before is safe/);
  screen.getByText(/It is tried again by itself/);

  // Asked again without a flicker: what is wrong stays on the page.
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(server.calls.length).toBeGreaterThan(1);
  screen.getByRole('alert');

  back = true;
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  await screen.findByText('the thing');
  expect(screen.queryByText(/nothing can be opened/)).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('VaultAway_AnotherFault_SaysNothing', async () => {
  serve({
    'GET /api/thing': () => ({ status: 500, body: { code: 'internal', detail: 'Something broke.' } }),
  });
  renderScreen(<Thing />);
  await screen.findByText('Something broke.');
  expect(screen.queryByText(/The vault is not there/)).toBeNull();
});

test('VaultAway_Expert_IsNotToldToStartIt', async () => {
  serve({ 'GET /api/thing': () => away });
  renderScreen(<Thing />, { role: 'annotator' });
  await screen.findByText(/the lab's staff see why\. What was saved before is safe/);
  expect(screen.queryByText(/The vault does not answer/)).toBeNull();
});
