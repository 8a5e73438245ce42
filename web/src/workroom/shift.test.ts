import { beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem';
import type { Task, TaskRow } from '../api/types';
import type { TaskCalls } from './queries';
import { Shift } from './shift';

/** Web Locks of one browser: who holds which name. */
class Locks {
  private readonly held = new Map<string, (error: Error) => void>();

  request(
    name: string,
    options: { steal?: boolean; ifAvailable?: boolean },
    use: (lock: object | null) => Promise<void> | void,
  ): Promise<void> {
    if (this.held.has(name) && !options.steal) return Promise.resolve(use(null));
    this.held.get(name)?.(new DOMException('Stolen', 'AbortError'));
    return new Promise((resolve, reject) => {
      this.held.set(name, reject);
      void Promise.resolve(use({})).then(() => {
        if (this.held.get(name) === reject) this.held.delete(name);
        resolve();
      });
    });
  }
}

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: new Locks() });
});

const lease = () => new Date(Date.now() + 600_000).toISOString();
const task = (slot: string, state: Task['state'] = 'leased') =>
  ({ slot, state, leaseUntil: lease() }) as Task;
const row = (slot: string, state: TaskRow['state'] = 'leased'): TaskRow => ({
  slot,
  state,
  leaseUntil: lease(),
});

function calls(overrides: Partial<Record<keyof TaskCalls, unknown>> = {}) {
  let next = 0;
  const log: string[] = [];
  const made = {
    held: () => Promise.resolve([] as TaskRow[]),
    next: () => {
      log.push('next');
      return Promise.resolve(next < 3 ? task(`t${++next}`) : undefined);
    },
    open: (slot: string) => {
      log.push(`open ${slot}`);
      return Promise.resolve(task(slot, slot.startsWith('r') ? 'returned' : 'leased'));
    },
    renew: (slot: string) => {
      log.push(`renew ${slot}`);
      return Promise.resolve({ leaseUntil: lease() });
    },
    release: (slot: string) => {
      log.push(`release ${slot}`);
      return Promise.resolve();
    },
    ...overrides,
  };
  return { calls: made as unknown as TaskCalls, log };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const front = (shift: Shift) => {
  const state = shift.snapshot();
  return state.phase === 'working' ? state.task.slot : state.phase;
};
const nothing = () => new Set<string>();

test('start_NothingHeld_ShowsATaskAndOpensTheNextBehindIt', async () => {
  const { calls: ask, log } = calls();
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  expect(front(shift)).toBe('t1');
  expect(log).toEqual(['next', 'next']);
});

test('advance_NextIsThere_ShowsItWithoutWaiting', async () => {
  const { calls: ask } = calls();
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  const moved = shift.advance();
  expect(front(shift)).toBe('t2');
  await moved;
});

test('advance_NothingLeft_SaysSo', async () => {
  const { calls: ask } = calls({ next: () => Promise.resolve(undefined) });
  const shift = new Shift(ask, nothing);
  await shift.start();
  expect(front(shift)).toBe('empty');
});

test('start_LeftUnderWayEarlier_OpensThatFirst', async () => {
  const { calls: ask, log } = calls({ held: () => Promise.resolve([row('old')]) });
  const shift = new Shift(ask, nothing);
  await shift.start();
  expect(front(shift)).toBe('old');
  expect(log[0]).toBe('open old');
});

test('start_AnswerStillOnItsWay_DoesNotOpenThatTaskAgain', async () => {
  const { calls: ask, log } = calls({ held: () => Promise.resolve([row('old')]) });
  const shift = new Shift(ask, () => new Set(['old']));
  await shift.start();
  expect(front(shift)).toBe('t1');
  expect(log).not.toContain('open old');
});

test('start_OpenInAnotherTab_SaysSoAndTakesOverOnAWord', async () => {
  const { calls: ask } = calls({ held: () => Promise.resolve([row('old')]) });
  const first = new Shift(ask, nothing);
  await first.start();
  const second = new Shift(ask, nothing);
  await second.start();
  expect(front(second)).toBe('elsewhere');
  await second.start(true);
  await settled();
  expect(front(second)).toBe('old');
  expect(front(first)).toBe('elsewhere');
});

test('openReturned_WhileAtWork_PutsItInFrontAndThePresentTaskNext', async () => {
  const { calls: ask, log } = calls({ held: () => Promise.resolve([row('r1', 'returned')]) });
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  await shift.openReturned('r1');
  expect(front(shift)).toBe('r1');
  expect(log).toContain('release t2');
  await shift.advance();
  expect(front(shift)).toBe('t1');
});

test('next_HeldTooMany_OpensWhatIsHeldInstead', async () => {
  const { calls: ask } = calls({
    held: vi
      .fn()
      .mockResolvedValueOnce([])
      .mockResolvedValue([row('old')]),
    next: () => Promise.reject(new ApiProblem(409, { code: 'held-too-many' })),
  });
  const shift = new Shift(ask, nothing);
  await shift.start();
  expect(front(shift)).toBe('old');
});

test('prefetch_Suspended_EndsTheShift', async () => {
  const next = vi
    .fn()
    .mockResolvedValueOnce(task('t1'))
    .mockRejectedValue(new ApiProblem(423, { code: 'suspended', reason: 'other' }));
  const { calls: ask } = calls({ next });
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  expect(front(shift)).toBe('suspended');
});

test('renew_HalfTheLeaseIsOver_RenewsBothTasks', async () => {
  const { calls: ask, log } = calls();
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  await shift.renew(Date.now() + 1_000);
  expect(log).not.toContain('renew t1');
  await shift.renew(Date.now() + 301_000);
  expect(log).toEqual(expect.arrayContaining(['renew t1', 'renew t2']));
});

test('end_LeavingTheRoom_GivesBackWhatWasNotLookedAt', async () => {
  const { calls: ask, log } = calls();
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  shift.end();
  expect(log.filter((call) => call.startsWith('release'))).toEqual(['release t2']);
});

test('prefetch_LineWasDown_OpensTheNextTaskWhenItIsBack', async () => {
  const next = vi
    .fn()
    .mockResolvedValueOnce(task('t1'))
    .mockRejectedValueOnce(new Unreachable('down'))
    .mockResolvedValue(task('t2'));
  vi.stubGlobal('navigator', {});
  const { calls: ask } = calls({ next });
  const shift = new Shift(ask, nothing);
  await shift.start();
  await settled();
  dispatchEvent(new Event('online'));
  await settled();
  await shift.advance();
  expect(front(shift)).toBe('t2');
  expect(next.mock.calls.length).toBeGreaterThanOrEqual(3);
});

test('lookForReturned_SomethingCameBack_TellsItAndLeavesTheTaskInFront', async () => {
  const held: TaskRow[] = [];
  const { calls: ask } = calls({ held: () => Promise.resolve([...held]) });
  const shift = new Shift(ask, nothing);
  await shift.start();
  held.push(row('t1'), row('r1', 'returned'));
  await shift.lookForReturned();
  expect(front(shift)).toBe('t1');
  expect(shift.snapshot()).toMatchObject({ held: [{ slot: 'r1' }] });
});

test('start_OnlyReturnedWorkIsLeft_OpensIt', async () => {
  const { calls: ask } = calls({
    held: () => Promise.resolve([row('r1', 'returned')]),
    next: () => Promise.resolve(undefined),
  });
  const shift = new Shift(ask, nothing);
  await shift.start();
  expect(front(shift)).toBe('r1');
});
