import { type Bytes, fromBase64, join, same, sha256, utf8 } from './bytes';

/** C2SP signature types: Ed25519, and Ed25519 with a time (cosignature/v1). */
const ed25519 = 1;
const cosignature = 4;

/** A key that checks signatures of notes (c2sp.org/signed-note, "vkey"). */
export interface VerifierKey {
  name: string;
  id: Bytes;
  type: number;
  publicKey: Bytes;
}

interface Signature {
  name: string;
  id: Bytes;
  bytes: Bytes;
}

/** A signed note: its text, which ends in a line break, and its signature lines. */
export interface Note {
  text: string;
  signatures: Signature[];
}

/** What a checkpoint says (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

/** @returns null where it is no key, or its id is not that of its name and bytes. */
export async function parseKey(vkey: string): Promise<VerifierKey | null> {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey);
  if (!found) return null;
  const [, name, id, encoded] = found as unknown as [string, string, string, string];
  const key = fromBase64(encoded);
  const expected = (await sha256(join(utf8(`${name}\n`), key))).slice(0, 4);
  const given = Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
  return same(expected, given) && key.length === 33
    ? { name, id: given, type: key[0]!, publicKey: key.slice(1) }
    : null;
}

/** @returns null where it is no signed note. */
export function parseNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures: Signature[] = [];
  for (const line of lines) {
    const found = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    if (!found) return null;
    const bytes = fromBase64(found[2]!);
    if (bytes.length < 5) return null;
    signatures.push({ name: found[1]!, id: bytes.slice(0, 4), bytes: bytes.slice(4) });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** @returns null where the text is no checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin, size, root] = text.split('\n');
  if (!origin || !/^(0|[1-9][0-9]*)$/.test(size ?? '') || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? ''))
    return null;
  return { origin, size: Number(size), root: fromBase64(root!) };
}

/** Whether this browser's cryptography has Ed25519. */
export async function knowsEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a key signed a note.
 * @returns null where it did not; of a cosignature, the time it was made at; of another signature, `true`.
 */
export async function signedBy(note: Note, key: VerifierKey): Promise<Date | true | null> {
  const found = note.signatures.find((one) => one.name === key.name && same(one.id, key.id));
  if (!found) return null;
  const publicKey = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  const holds = (signature: Bytes, message: string) =>
    crypto.subtle.verify('Ed25519', publicKey, signature, utf8(message));
  if (key.type === ed25519) return (await holds(found.bytes, note.text)) ? true : null;
  if (key.type !== cosignature || found.bytes.length !== 72) return null;
  const time = new DataView(found.bytes.buffer, found.bytes.byteOffset).getBigUint64(0);
  const message = `cosignature/v1\ntime ${time}\n${note.text}`;
  return (await holds(found.bytes.slice(8), message)) ? new Date(Number(time) * 1000) : null;
}
