import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../api/problem';
import { renderScreen } from '../test/render';
import { Failed } from './pages';

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => vi.useRealTimers());

test('Failed_VaultAway_SaysWhatIsSafeAndTriesAgainByItself', async () => {
  const again = vi.fn();
  const error = new ApiProblem(503, { code: 'vault-unavailable', detail: 'The vault does not answer.' });
  renderScreen(<Failed error={error} again={again} sending={1} />);
  const words = (await screen.findByRole('alert')).textContent;
  expect(words).toContain('staff see why. What was saved before is safe');
  expect(words).toContain('1 answer waiting to be sent');
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(again).toHaveBeenCalledOnce();
});

test('Failed_ForGood_WaitsForThePerson', async () => {
  const again = vi.fn();
  renderScreen(<Failed error={new ApiProblem(404, { detail: 'Gone.' })} again={again} sending={0} />);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(again).not.toHaveBeenCalled();
});
