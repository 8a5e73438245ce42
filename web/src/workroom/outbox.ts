import { hasStatus, isPassing } from '../api/problem';
import type { Answers } from '../api/types';
import { backoff, pause } from './backoff';

/** A finished answer on its way to the server. Its id makes sending it twice the same as sending it once. */
export interface Submission {
  submission: string;
  project: string;
  slot: string;
  answers: Answers;
  seconds: number;
  /** The version of the last draft that the server has, for the case that work was suspended meanwhile. */
  draftVersion: number;
}

export interface OutboxState {
  sending: number;
  /** How many of these wait for the line or the server to come back. */
  waiting: number;
  /** The last one that the server took, by the page's clock. */
  sentAt: number | null;
  refused: { submission: Submission; error: unknown }[];
}

export interface OutboxPorts {
  send(submission: Submission): Promise<void>;
  /** Keeps it in this browser until the server has acknowledged it. */
  keep(submission: Submission): Promise<void>;
  forget(submission: Submission): Promise<void>;
  /** Work was suspended before the answer arrived: seals it as a draft, which is always allowed. */
  saveAsDraft(submission: Submission): Promise<void>;
  changed(state: OutboxState): void;
  /** The server took it. */
  sent(submission: Submission): void;
  suspended(error: unknown): void;
}

/** Sends finished answers, each until the server has acknowledged it, over reloads and broken lines. */
export class Outbox {
  private state: OutboxState = { sending: 0, waiting: 0, sentAt: null, refused: [] };
  private readonly underWay = new Map<string, Submission>();
  private readonly closed = new AbortController();

  constructor(private readonly ports: OutboxPorts) {}

  /** Slots whose answers are on their way: they are not work to be opened again. */
  get slots(): ReadonlySet<string> {
    return new Set([...this.underWay.values()].map((submission) => submission.slot));
  }

  /** Resolves when the submission can no longer be lost by closing the page; sending goes on after it. */
  async add(submission: Submission): Promise<void> {
    if (this.underWay.has(submission.submission)) return;
    this.underWay.set(submission.submission, submission);
    this.change({ sending: this.underWay.size });
    await this.ports.keep(submission);
    void this.deliver(submission);
  }

  /** Forgets an answer that the server refused, at the person's word. */
  async dismiss(submission: Submission): Promise<void> {
    await this.ports.forget(submission);
    this.change({ refused: this.state.refused.filter((entry) => entry.submission !== submission) });
  }

  close() {
    this.closed.abort();
  }

  private async deliver(submission: Submission) {
    const { signal } = this.closed;
    let waits = false;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await this.ports.send(submission);
        await this.ports.forget(submission);
        this.end(submission, waits, { sentAt: Date.now() });
        this.ports.sent(submission);
        return;
      } catch (error) {
        // Signed out by time: the answer stays kept and goes out after the next sign-in.
        if (hasStatus(error, 401)) return this.end(submission, waits, {});
        if (hasStatus(error, 423)) return this.suspended(submission, waits, error);
        if (!isPassing(error)) {
          const refused = [...this.state.refused, { submission, error }];
          return this.end(submission, waits, { refused });
        }
      }
      if (!waits) {
        waits = true;
        this.change({ waiting: this.state.waiting + 1 });
      }
      await pause(backoff(attempt), signal);
    }
  }

  private async suspended(submission: Submission, waits: boolean, error: unknown) {
    try {
      await this.ports.saveAsDraft(submission);
      await this.ports.forget(submission);
    } catch (failure) {
      // Without an answer it stays kept, and is tried again on the next visit. A refusal is for good: the lab has
      // another draft of this task, or gave the task to somebody else.
      if (!isPassing(failure)) await this.ports.forget(submission);
    }
    this.end(submission, waits, {});
    this.ports.suspended(error);
  }

  private end(submission: Submission, waited: boolean, change: Partial<OutboxState>) {
    this.underWay.delete(submission.submission);
    this.change({
      sending: this.underWay.size,
      waiting: this.state.waiting - (waited ? 1 : 0),
      ...change,
    });
  }

  private change(change: Partial<OutboxState>) {
    this.state = { ...this.state, ...change };
    this.ports.changed(this.state);
  }
}
