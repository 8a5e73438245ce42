import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem';
import { Outbox, type OutboxPorts, type OutboxState, type Submission } from './outbox';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer: Submission = {
  submission: 's-1',
  project: 'p',
  slot: 'slot-1',
  answers: {},
  seconds: 9,
  draftVersion: 2,
};

function outbox(send: () => Promise<void>) {
  let state: OutboxState | null = null;
  const order: string[] = [];
  const note = (what: string) => () => {
    order.push(what);
    return Promise.resolve();
  };
  const ports: OutboxPorts = {
    send: (submission) => {
      order.push(`send ${submission.submission}`);
      return send();
    },
    keep: note('keep'),
    forget: note('forget'),
    saveAsDraft: note('draft'),
    changed: (next) => void (state = next),
    sent: () => void order.push('sent'),
    suspended: () => void order.push('suspended'),
  };
  return { box: new Outbox(ports), order, state: () => state! };
}

test('add_ServerTakesIt_IsKeptBeforeItIsSentAndForgottenAfter', async () => {
  const { box, order, state } = outbox(() => Promise.resolve());
  await box.add(answer);
  await vi.runAllTimersAsync();
  expect(order).toEqual(['keep', 'send s-1', 'forget', 'sent']);
  expect(state()).toMatchObject({ sending: 0, waiting: 0, refused: [] });
});

test('add_NoAnswerThreeTimes_SendsTheSameIdUntilAcknowledged', async () => {
  let failures = 3;
  const { box, order, state } = outbox(() =>
    failures-- > 0 ? Promise.reject(new Unreachable('down')) : Promise.resolve(),
  );
  await box.add(answer);
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toMatchObject({ sending: 1, waiting: 1 });
  expect(order).not.toContain('forget');
  await vi.runAllTimersAsync();
  expect(order.filter((act) => act === 'send s-1')).toHaveLength(4);
  expect(state()).toMatchObject({ sending: 0, waiting: 0 });
});

test('add_SameSubmissionTwice_SendsOnce', async () => {
  const { box, order } = outbox(() => Promise.resolve());
  await Promise.all([box.add(answer), box.add(answer)]);
  await vi.runAllTimersAsync();
  expect(order.filter((act) => act === 'send s-1')).toHaveLength(1);
});

test('add_LeaseLost_IsShownAndKeptUntilDismissed', async () => {
  const { box, order, state } = outbox(() => Promise.reject(new ApiProblem(409, { code: 'lease-lost' })));
  await box.add(answer);
  await vi.runAllTimersAsync();
  expect(state().refused).toHaveLength(1);
  expect(order).not.toContain('forget');
  await box.dismiss(answer);
  expect(order.at(-1)).toBe('forget');
  expect(state().refused).toEqual([]);
});

test('add_WorkSuspended_IsSealedAsDraftInstead', async () => {
  const { box, order } = outbox(() => Promise.reject(new ApiProblem(423, { code: 'suspended' })));
  await box.add(answer);
  await vi.runAllTimersAsync();
  expect(order).toEqual(['keep', 'send s-1', 'draft', 'forget', 'suspended']);
});

test('add_SessionEnded_StaysKeptForTheNextSignIn', async () => {
  const { box, order } = outbox(() => Promise.reject(new ApiProblem(401, {})));
  await box.add(answer);
  await vi.runAllTimersAsync();
  expect(order).toEqual(['keep', 'send s-1']);
});
