import { ApiProblem, hasCode, hasStatus, isPassing } from '../api/problem';
import type { Task, TaskRow } from '../api/types';
import { backoff, pause } from './backoff';
import type { TaskCalls } from './queries';
import { holdSlot, type LetGo } from './slot-lock';

/** Where a person stands in one project's queue. */
export type ShiftState =
  | { phase: 'opening' }
  | { phase: 'working'; task: Task; held: TaskRow[] }
  /** The tasks of this person are in another tab. */
  | { phase: 'elsewhere' }
  /** No task for this person now. */
  | { phase: 'empty' }
  | { phase: 'suspended'; problem: ApiProblem }
  /** Guidelines have to be read first. */
  | { phase: 'unread'; version: number }
  /** There is a reason why this person gets no task now. */
  | { phase: 'stopped'; problem: ApiProblem }
  | { phase: 'failed'; error: unknown };

interface InHand {
  task: Task;
  letGo: LetGo;
  /** When to ask for a longer lease, by this machine's clock. */
  renewAt: number;
}

/**
 * The tasks in a person's hand: the one being answered and the next one, opened before it is needed. Only
 * {@link advance} and what the person asks for change the task in front; a fetched one waits.
 */
export class Shift {
  private current: InHand | null = null;
  private upcoming: InHand | null = null;
  private fetching: Promise<void> | null = null;
  private held: TaskRow[] = [];
  /** What the server holds for who signs, to be opened next. */
  private offer: Task['next'] = null;
  private readonly closing = new AbortController();
  private state: ShiftState = { phase: 'opening' };
  private readonly listeners = new Set<() => void>();

  /**
   * @param onTheirWay Slots whose answers are being sent: held by name, but not work any more.
   * @param begun Slots with something typed that only this browser has.
   */
  constructor(
    private readonly calls: TaskCalls,
    private readonly onTheirWay: () => ReadonlySet<string>,
    private readonly begun: () => Promise<ReadonlySet<string>> = () => Promise.resolve(new Set()),
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  /** Opens the first task: one that was left under way, or a new one. */
  async start(takeOver = false) {
    this.set({ phase: 'opening' });
    await this.retry(takeOver);
  }

  /** As {@link start}; what went wrong stays on the page until there is something else to say. */
  async retry(takeOver = false) {
    await this.guard(async () => {
      this.held = await this.calls.held();
      const begun = await this.begun();
      const leased = this.held
        .filter((row) => row.state === 'leased' && !this.onTheirWay().has(row.slot))
        .sort((x, y) => Number(begun.has(y.slot)) - Number(begun.has(x.slot)));
      for (const { slot } of leased) {
        this.current = await this.openHeld(slot, takeOver);
        if (this.current) break;
      }
      if (!this.current && leased.length > 0) return this.set({ phase: 'elsewhere' });
      this.current ??= await this.takeAny();
      this.show();
    });
  }

  /** Brings the next task to the front. The present one was submitted, skipped or given back. */
  async advance() {
    this.drop(this.current);
    this.current = this.upcoming;
    this.upcoming = null;
    if (this.current) return this.show();
    await this.guard(async () => {
      this.set({ phase: 'opening' });
      await this.fetching;
      this.current = this.upcoming ?? (await this.takeAny());
      this.upcoming = null;
      this.show();
    });
  }

  /** Looks whether the reviewer has sent something back; the task in front stays where it is. */
  async lookForReturned() {
    try {
      this.held = await this.calls.held();
    } catch {
      return; // It is looked at again with the next count.
    }
    if (this.state.phase === 'working') this.set({ ...this.state, held: this.returned });
    if (this.state.phase === 'empty' && this.returned.length > 0) await this.start();
  }

  /** Opens returned work in front of everything else; the present task waits its turn. */
  async openReturned(slot: string) {
    await this.guard(async () => {
      await this.fetching;
      const returned = await this.openHeld(slot, true);
      if (!returned) return;
      const surplus = this.current ? this.upcoming : null;
      this.upcoming = this.current ?? this.upcoming;
      this.current = returned;
      this.held = this.held.filter((row) => row.slot !== slot);
      this.show();
      if (surplus) await this.giveBack(surplus);
    });
  }

  /** Asks for longer leases where they are half over. Called while the person is at work. */
  async renew(now: number) {
    for (const inHand of [this.current, this.upcoming]) {
      if (!inHand || now < inHand.renewAt) continue;
      try {
        const { leaseUntil } = await this.calls.renew(inHand.task.slot);
        inHand.renewAt = half(leaseUntil);
      } catch (error) {
        if (hasCode(error, 'suspended')) return this.suspend(error);
        // Somebody else has it now. What is in front stays: submitting it tells. What waits is let go.
        if (hasStatus(error, 409) && inHand === this.upcoming) {
          this.drop(this.upcoming);
          this.upcoming = null;
        }
        inHand.renewAt = now + 15_000;
      }
    }
  }

  /** Takes note of what a task's draft is now, for when the task comes to the front again. */
  remember(slot: string, draft: NonNullable<Task['draft']>) {
    for (const inHand of [this.current, this.upcoming]) {
      if (inHand?.task.slot === slot) inHand.task = { ...inHand.task, draft };
    }
    if (this.state.phase === 'working' && this.state.task.slot === slot && this.current)
      this.set({ ...this.state, task: this.current.task });
  }

  suspend(problem: ApiProblem) {
    this.drop(this.current);
    this.drop(this.upcoming);
    this.current = this.upcoming = null;
    this.set({ phase: 'suspended', problem });
  }

  /** Leaves the room: the task that was not looked at goes back, so that somebody else can have it. */
  end() {
    this.closing.abort();
    this.drop(this.current);
    if (this.upcoming) void this.giveBack(this.upcoming).catch(() => undefined);
    if (this.offer) void this.calls.release(this.offer.slot).catch(() => undefined);
    this.current = this.upcoming = this.offer = null;
  }

  private get ended() {
    return this.closing.signal.aborted;
  }

  private show() {
    if (this.ended) return this.end();
    if (!this.current) return this.set({ phase: 'empty' });
    this.set({ phase: 'working', task: this.current.task, held: this.returned });
    void this.prefetch(this.current);
  }

  /** What came back and is not being worked on already. */
  private get returned(): TaskRow[] {
    const sending = this.onTheirWay();
    return this.held.filter(
      ({ state, slot }) => state === 'returned' && slot !== this.current?.task.slot && !sending.has(slot),
    );
  }

  /** Opens the next task behind the one in front, again and again while the line is down. */
  private async prefetch(front: InHand) {
    for (let attempt = 0; this.current === front && !this.upcoming; attempt++) {
      const turn = this.fetchUpcoming();
      this.fetching = turn.then(() => undefined);
      if (await turn) return;
      await pause(backoff(attempt), this.closing.signal);
    }
  }

  /** @returns False where it is worth asking again. */
  private async fetchUpcoming(): Promise<boolean> {
    try {
      const next = await this.take();
      if (next && (this.ended || this.upcoming)) await this.giveBack(next);
      else this.upcoming = next;
      return true;
    } catch (error) {
      if (hasCode(error, 'suspended')) this.suspend(error);
      return !isPassing(error);
    }
  }

  /** A new task; where there is none, or a reason against one, what came back is the work there is. */
  private async takeAny(): Promise<InHand | null> {
    try {
      return (await this.take()) ?? (await this.takeReturned());
    } catch (error) {
      if (!hasStatus(error, 409)) throw error;
      const returned = await this.takeReturned();
      if (!returned) throw error;
      return returned;
    }
  }

  /** A task that is not in hand yet. Null: none now. */
  private async take(): Promise<InHand | null> {
    try {
      const { offer } = this;
      this.offer = null;
      const offered = offer && (await this.calls.next(offer));
      const inHand = offered && (await this.hold(offered));
      if (inHand) return inHand;
      // None was offered, or another tab has it.
      const task = await this.calls.next();
      return task ? ((await this.hold(task)) ?? this.lasting(task, () => {})) : null;
    } catch (error) {
      if (hasCode(error, 'held-too-many')) return this.takeHeld();
      throw error;
    }
  }

  /** The server gives no more while tasks of an earlier visit are held: takes one of these. */
  private async takeHeld(): Promise<InHand | null> {
    this.held = await this.calls.held();
    const taken = new Set([this.current?.task.slot, this.upcoming?.task.slot, ...this.onTheirWay()]);
    for (const { slot, state } of this.held) {
      if (state !== 'leased' || taken.has(slot)) continue;
      const inHand = await this.openHeld(slot, false);
      if (inHand) return inHand;
    }
    return null;
  }

  /** Where there is no new task, what came back is the work there is. */
  private async takeReturned(): Promise<InHand | null> {
    this.held = await this.calls.held();
    for (const { slot } of this.returned) {
      const inHand = await this.openHeld(slot, false);
      if (inHand) return inHand;
    }
    return null;
  }

  private async openHeld(slot: string, takeOver: boolean): Promise<InHand | null> {
    const letGo = await holdSlot(slot, takeOver, () => this.lost(slot));
    if (!letGo) return null;
    try {
      return this.lasting(await this.calls.open(slot), letGo);
    } catch (error) {
      letGo();
      // Not this person's any more: the lease ran out and somebody took it.
      if (hasStatus(error, 404) || hasStatus(error, 409)) return null;
      throw error;
    }
  }

  private async hold(task: Task): Promise<InHand | null> {
    const letGo = await holdSlot(task.slot, false, () => this.lost(task.slot));
    return letGo && this.lasting(task, letGo);
  }

  private lasting(task: Task, letGo: LetGo): InHand {
    this.offer = task.next ?? this.offer;
    return { task, letGo, renewAt: half(task.leaseUntil) };
  }

  private lost(slot: string) {
    if (this.current?.task.slot === slot) this.set({ phase: 'elsewhere' });
    else if (this.upcoming?.task.slot === slot) this.upcoming = null;
  }

  private async giveBack(inHand: InHand) {
    this.drop(inHand);
    await this.calls.release(inHand.task.slot);
  }

  private drop(inHand: InHand | null) {
    inHand?.letGo();
  }

  private async guard(act: () => Promise<void>) {
    try {
      await act();
    } catch (error) {
      if (hasCode(error, 'suspended')) this.suspend(error);
      else if (hasCode(error, 'guidelines-unread'))
        this.set({ phase: 'unread', version: error.details.version ?? 0 });
      else if (hasStatus(error, 409)) this.set({ phase: 'stopped', problem: error });
      else this.set({ phase: 'failed', error });
    }
  }

  private set(state: ShiftState) {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

/** The middle between now and the end of a lease. */
function half(leaseUntil: string | null): number {
  const now = Date.now();
  // Returned work is held without an end.
  if (leaseUntil === null) return Infinity;
  return now + Math.max(0, new Date(leaseUntil).getTime() - now) / 2;
}
