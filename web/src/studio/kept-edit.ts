import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useHere } from '../session/membership';
import { Kept } from '../workroom/kept';

/** How long after the last key an edit is put away. */
const QUIET_MS = 500;

/** An edit that was not saved, as this browser kept it. */
export interface KeptEdit<T> {
  value: T;
  /** What of the server's the edit was made upon. */
  etag: string;
  /** ISO 8601. */
  at: string;
}

export interface KeptEdits<T> {
  /** False until it is known what was kept. */
  ready: boolean;
  /** Whether this browser can keep anything; where it cannot, leaving the page loses the edit. */
  safe: boolean;
  found: KeptEdit<T> | null;
  keep: (value: T, etag: string) => void;
  drop: () => void;
}

/**
 * Keeps an unsaved edit over the end of a session or of the browser: sealed under the same key, in the same store and
 * erased at the same moments as the drafts of the workroom.
 * @param name What is edited, unique at the lab: the part of the studio and the project.
 */
export function useKeptEdit<T>(name: string): KeptEdits<T> {
  const owner = useHere().membership.pseudonym;
  const [start, setStart] = useState<{ safe: boolean; found: KeptEdit<T> | null } | null>(null);
  const keeper = useRef<Keeper | null>(null);

  useEffect(() => {
    let current = true;
    let opened: Keeper | null = null;
    const open = async () => {
      let found: KeptEdit<T> | null = null;
      try {
        const store = await Kept.open(owner);
        opened = new Keeper(store, name);
        found = await store.get<KeptEdit<T>>('edit', name);
      } catch {
        // Private windows of some browsers have no store; the page then asks before it is left.
      }
      if (!current) return opened?.close();
      keeper.current = opened;
      setStart({ safe: opened !== null, found });
    };
    void open();
    return () => {
      current = false;
      keeper.current = null;
      opened?.close();
    };
  }, [owner, name]);

  const keep = useCallback((value: T, etag: string) => {
    keeper.current?.keep({ value, etag, at: new Date().toISOString() });
  }, []);
  const drop = useCallback(() => {
    keeper.current?.drop();
    setStart((was) => was && { ...was, found: null });
  }, []);

  return useMemo(
    () => ({
      ready: start !== null,
      safe: start?.safe ?? false,
      found: start?.found ?? null,
      keep,
      drop,
    }),
    [start, keep, drop],
  );
}

/** Writes the newest edit when the keys have been quiet for a moment, and at the end. */
class Keeper {
  private pending: KeptEdit<unknown> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** One write after the other, so that an older one cannot land on a newer. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Kept,
    private readonly name: string,
  ) {}

  keep(edit: KeptEdit<unknown>) {
    this.pending = edit;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), QUIET_MS);
  }

  drop() {
    clearTimeout(this.timer);
    this.pending = null;
    this.then(() => this.store.remove('edit', this.name));
  }

  close() {
    this.flush();
    this.then(async () => this.store.close());
  }

  private flush() {
    clearTimeout(this.timer);
    const edit = this.pending;
    this.pending = null;
    if (edit) this.then(() => this.store.put('edit', this.name, edit));
  }

  private then(act: () => Promise<void>) {
    // A full disk loses the copy here, not the edit on the page.
    this.writing = this.writing.then(act).catch(() => undefined);
  }
}
