/**
 * What was typed and has not reached the server yet, kept in this browser under a key that no script can read out.
 *
 * One AES-256-GCM key per person at a lab (by pseudonym) lives in IndexedDB as a non-extractable CryptoKey. Erasing
 * the key makes whatever a disk may still hold of the entries unreadable.
 */
export type KeptKind = 'draft' | 'submission' | 'edit';

interface KeyRow {
  owner: string;
  key: CryptoKey;
}

interface SealedRow {
  id: string;
  owner: string;
  kind: KeptKind;
  slot: string;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

const NAME = 'cofferdam';
const KEYS = 'keys';
const ENTRIES = 'entries';

export class Kept {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly owner: string,
    private readonly key: CryptoKey,
  ) {}

  /** Opens the store of a person at a lab. Rejects where the browser has no IndexedDB or no WebCrypto. */
  static async open(owner: string): Promise<Kept> {
    const db = await openDatabase();
    return new Kept(db, owner, await keyOf(db, owner));
  }

  async put(kind: KeptKind, slot: string, value: unknown): Promise<void> {
    const id = this.id(kind, slot);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(id) },
      this.key,
      utf8(JSON.stringify(value)),
    );
    const row: SealedRow = { id, owner: this.owner, kind, slot, iv, bytes };
    await done(this.db.transaction(ENTRIES, 'readwrite').objectStore(ENTRIES).put(row));
  }

  /** What was kept for a slot; null where nothing was, or where it cannot be read any more. */
  async get<T>(kind: KeptKind, slot: string): Promise<T | null> {
    const row: SealedRow | undefined = await done(
      this.db.transaction(ENTRIES).objectStore(ENTRIES).get(this.id(kind, slot)),
    );
    return row ? this.read<T>(row) : null;
  }

  async list<T>(kind: KeptKind): Promise<T[]> {
    const rows: SealedRow[] = await done(this.db.transaction(ENTRIES).objectStore(ENTRIES).getAll());
    const mine = rows.filter((row) => row.owner === this.owner && row.kind === kind);
    const values = await Promise.all(mine.map((row) => this.read<T>(row)));
    return values.filter((value) => value !== null);
  }

  async remove(kind: KeptKind, slot: string): Promise<void> {
    await done(this.db.transaction(ENTRIES, 'readwrite').objectStore(ENTRIES).delete(this.id(kind, slot)));
  }

  /** Erases this person's entries and their key. The object is of no use afterwards. */
  async erase(): Promise<void> {
    await eraseOwner(this.db, this.owner);
    this.close();
  }

  close() {
    this.db.close();
  }

  private async read<T>(row: SealedRow): Promise<T | null> {
    try {
      const bytes = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: row.iv, additionalData: utf8(row.id) },
        this.key,
        row.bytes,
      );
      return JSON.parse(new TextDecoder().decode(bytes)) as T;
    } catch (error) {
      // Sealed under a key that was erased since, or damaged on disk: nobody can bring it back.
      if (error instanceof Error && error.name === 'OperationError') return null;
      throw error;
    }
  }

  private id(kind: KeptKind, slot: string) {
    return `${this.owner}/${kind}/${slot}`;
  }
}

/** At sign-out: every entry and every key. */
export async function eraseAllKept(): Promise<void> {
  await eraseKeptOfOthers([]);
}

/** At sign-in: what belongs to none of the given people. */
export async function eraseKeptOfOthers(owners: readonly string[]): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  const db = await openDatabase();
  const found: IDBValidKey[] = await done(db.transaction(KEYS).objectStore(KEYS).getAllKeys());
  for (const owner of found) {
    if (!owners.includes(String(owner))) await eraseOwner(db, String(owner));
  }
  db.close();
}

async function eraseOwner(db: IDBDatabase, owner: string): Promise<void> {
  const change = db.transaction([KEYS, ENTRIES], 'readwrite');
  change.objectStore(KEYS).delete(owner);
  const entries = change.objectStore(ENTRIES);
  // "0" is the character after "/", so this range holds exactly the owner's entries.
  entries.delete(IDBKeyRange.bound(`${owner}/`, `${owner}0`, false, true));
  await committed(change);
}

async function keyOf(db: IDBDatabase, owner: string): Promise<CryptoKey> {
  // Made first: a transaction closes itself while something else is waited for.
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const change = db.transaction(KEYS, 'readwrite');
  const keys = change.objectStore(KEYS);
  const row: KeyRow | undefined = await done(keys.get(owner));
  if (!row) keys.put({ owner, key: fresh } satisfies KeyRow);
  await committed(change);
  return row?.key ?? fresh;
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS, { keyPath: 'owner' });
    request.result.createObjectStore(ENTRIES, { keyPath: 'id' });
  };
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

function committed(change: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = change.onabort = () => reject(change.error!);
  });
}

const utf8 = (text: string) => new TextEncoder().encode(text);
