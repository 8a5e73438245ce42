import { hasStatus, isPassing, isVaultAway } from '../api/problem';
import type { Answers } from '../api/types';
import { backoff, pause } from './backoff';

/** What the page says about the answer under way. */
export type SaveState =
  | { kind: 'untouched' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number }
  /** The line is down. `kept`: what was typed is kept encrypted in this browser. */
  /** `away`: the server is there, but its vault is not. */
  | { kind: 'offline'; kept: boolean; away?: true }
  /** Another tab or device saved a newer draft. Saving waits for {@link DraftKeeper.settle}. */
  | { kind: 'conflict' }
  | { kind: 'refused'; error: unknown };

/** A draft as kept in this browser until the server has it. */
export interface KeptDraft {
  slot: string;
  project: string;
  /** The server's version that these answers follow on. */
  version: number;
  answers: Answers;
}

export interface DraftPorts {
  /** Seals the draft at the server; resolves to its new version. */
  save(answers: Answers, version: number): Promise<number>;
  /** Keeps it in this browser. False where the browser cannot. */
  keep(answers: Answers, version: number): Promise<boolean>;
  forget(): Promise<void>;
  changed(state: SaveState): void;
}

/** How long the hand must rest before a save: a save per word would be noise on the line. */
const REST = 700;

/**
 * Saves one answer under way: first in this browser, then at the server, one save at a time, the newest answers last.
 * It never says "saved" before the server did.
 */
export class DraftKeeper {
  private pending: Answers | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private keeping: Promise<boolean> = Promise.resolve(true);
  /** What this browser was last given to keep. */
  private latest: { answers: Answers; version: number } | null = null;
  private closing = false;
  private readonly stopped = new AbortController();

  constructor(
    private version: number,
    private readonly ports: DraftPorts,
  ) {}

  /** The version that the next save follows on. */
  get head() {
    return this.version;
  }

  edit(answers: Answers) {
    if (this.stopped.signal.aborted || this.closing) return;
    this.pending = answers;
    // In this browser at once: a page can be closed in the middle of a word.
    void this.keep();
    clearTimeout(this.timer);
    if (this.running) return; // The save under way takes up what is pending when it ends.
    this.ports.changed({ kind: 'unsaved' });
    this.timer = setTimeout(() => void this.flush(), REST);
  }

  /** Saves what is pending without waiting for the hand to rest. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  /** Goes on after a conflict, on top of the version that the other side saved. */
  settle(version: number, answers: Answers | null) {
    this.version = version;
    this.pending = answers;
    if (answers) {
      void this.flush();
    } else {
      void this.ports.forget();
      this.ports.changed({ kind: 'untouched' });
    }
  }

  /** Ends saving after one last try; what the server did not get stays kept in this browser. */
  async close(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    clearTimeout(this.timer);
    this.closing = true;
    await this.flush();
    this.stop();
  }

  /** Ends saving at once: the task was submitted, skipped or taken over. */
  stop() {
    clearTimeout(this.timer);
    this.pending = null;
    this.stopped.abort();
  }

  /** One after the other, so that older words never come to lie over newer ones. */
  private keep(): Promise<boolean> {
    this.keeping = this.keeping.then((before) => {
      const { pending, version, latest } = this;
      if (!pending || (latest?.answers === pending && latest.version === version)) return before;
      this.latest = { answers: pending, version };
      return this.ports.keep(pending, version);
    });
    return this.keeping;
  }

  private async run() {
    const { signal } = this.stopped;
    for (let attempt = 0; this.pending && !signal.aborted;) {
      const answers = this.pending;
      const kept = await this.keep();
      if (signal.aborted) return;
      this.ports.changed({ kind: 'saving' });
      try {
        this.version = await this.ports.save(answers, this.version);
        attempt = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (isPassing(error)) {
          this.ports.changed({ kind: 'offline', kept, ...(isVaultAway(error) && { away: true }) });
          if (this.closing) return;
          await pause(backoff(attempt++), signal);
          continue;
        }
        this.ports.changed(hasStatus(error, 412) ? { kind: 'conflict' } : { kind: 'refused', error });
        return;
      }
      if (signal.aborted) return;
      if (this.pending === answers) {
        this.pending = null;
        await this.ports.forget();
        this.ports.changed({ kind: 'saved', at: Date.now() });
      }
    }
  }
}
