/**
 * The key that this browser signs with: ECDSA on P-256, made here and non-extractable, so that no script can carry it
 * away. It stays when its owner signs out: a browser is enrolled once. Who takes the profile of the browser has a key
 * that opens nothing without a session of its owner's, and it can be revoked at the lab.
 */
interface KeyRow {
  /** Under which the lab enrolled it. */
  id: string;
  key: CryptoKey;
}

const NAME = 'cofferdam-signing';
const KEYS = 'keys';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

/** A key that no lab knows yet. */
export interface FreshKey {
  /** The point, uncompressed (SEC 1 §2.3.3): 65 bytes. */
  point: Uint8Array<ArrayBuffer>;
  /** RFC 7638 thumbprint with SHA-256, base64url. */
  thumbprint: string;
  /** Keeps it in this browser under the id that the lab gave it. */
  keep(id: string): Promise<void>;
}

/** Rejects where the browser has no WebCrypto, as on a plain http address that is not this machine's own. */
export async function makeBrowserKey(): Promise<FreshKey> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const [point, jwk] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('jwk', pair.publicKey),
  ]);
  return {
    point: new Uint8Array(point),
    thumbprint: await thumbprintOf(jwk),
    keep: async (id) => {
      const db = await open();
      const row: KeyRow = { id, key: pair.privateKey };
      await done(db.transaction(KEYS, 'readwrite').objectStore(KEYS).put(row));
      db.close();
    },
  };
}

/** Which of some keys this browser has, with its id; null where it has none of them. */
export async function findBrowserKey(ids: readonly string[]): Promise<KeyRow | null> {
  if (typeof indexedDB === 'undefined') return null;
  const db = await open();
  try {
    for (const id of ids) {
      const row: KeyRow | undefined = await done(db.transaction(KEYS).objectStore(KEYS).get(id));
      if (row) return row;
    }
    return null;
  } finally {
    db.close();
  }
}

/** Files a key under the id that it was enrolled under in the end. Does nothing where there is none of the first name. */
export async function renameBrowserKey(from: string, to: string): Promise<void> {
  const db = await open();
  const keys = db.transaction(KEYS, 'readwrite').objectStore(KEYS);
  const row: KeyRow | undefined = await done(keys.get(from));
  if (row) {
    keys.delete(from);
    await done(keys.put({ ...row, id: to }));
  }
  db.close();
}

/** Forgets a key, as when the lab has revoked it. */
export async function dropBrowserKey(id: string): Promise<void> {
  const db = await open();
  await done(db.transaction(KEYS, 'readwrite').objectStore(KEYS).delete(id));
  db.close();
}

/** ECDSA with SHA-256; r‖s, 64 bytes (IEEE P1363). */
export async function signWith(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes));
}

async function thumbprintOf({ crv, kty, x, y }: JsonWebKey): Promise<string> {
  // Its members in the order of RFC 7638 §3, without a space.
  const members = new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', members)));
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(KEYS, { keyPath: 'id' });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}
