import { findBrowserKey, fromBase64Url, signWith, toBase64Url } from './browser-key';

/**
 * Signs what the server wants signed, and asks again. The vault checks each signature over exactly what is opened, so
 * that a server alone, whatever it has stolen, opens nothing in a person's name.
 */

/** One open, as it is signed. Act, purpose and kinds are the numbers that receipts have. */
export interface WantedOpen {
  project: string;
  act: number;
  purpose: number;
  /** The task that it is opened for. */
  assignment: string | null;
  /** Kind and id of each record. */
  records: [number, string][];
  /** 32 bytes, base64url; good for one use within 15 minutes. */
  nonce: string;
}

/** An act that decides over access. */
export interface WantedAct {
  name: string;
  /** SHA-256 of what is done, base64url. */
  content: string;
  nonce: string;
}

/** The next task, held so that it can be opened in one request. */
export interface NextOffer {
  slot: string;
  lab: string;
  key: string;
  open: WantedOpen;
}

interface Challenge {
  code?: string;
  /** The lab's id. */
  lab: string;
  /** The key that the nonces are for. */
  key: string;
  /** All keys of the person, where the session is not bound to one yet. */
  keys?: string[];
  opens?: WantedOpen[];
  acts?: WantedAct[];
}

const PROOFS = 'Cofferdam-Proof';
const USE = 'Cofferdam-Key';

/** A request may open more the further it gets, and each time all that was opened so far is signed anew. */
const MOST_ROUNDS = 4;

let signs = false;

/** Whether something was signed since the page was loaded: then images are asked for with a signature too. */
export const hasSigned = () => signs;

/**
 * Repeats a request that was answered with 428 until it says no more what to sign.
 * @param request As it was sent, with its body unread.
 * @returns The answer; where this browser has no key of the person's, the one that asked for a signature.
 */
export async function signed(request: Request, refused: Response): Promise<Response> {
  let response = refused;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const challenge = await challengeOf(response);
    const headers = challenge && (await headersFor(challenge));
    if (!headers) return response;
    signs = true;
    const again = new Request(request.clone(), { headers: new Headers(request.headers) });
    headers.forEach(([name, value]) => again.headers.set(name, value));
    response = await globalThis.fetch(again);
  }
  return response;
}

/** The header that opens an offered task; null where the offer is for another browser's key. */
export async function proofFor({ lab, key, open }: NextOffer): Promise<[string, string] | null> {
  const mine = await findBrowserKey([key]);
  return mine && [PROOFS, await prove(mine.id, mine.key, openBytes(lab, mine.id, open), open.nonce)];
}

async function challengeOf(response: Response): Promise<Challenge | null> {
  if (response.status !== 428) return null;
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as Challenge | null;
  return body?.code === 'sign' ? body : null;
}

/** The headers with which a challenge is answered; null where this browser has no key of the person's. */
export async function headersFor(challenge: object): Promise<(readonly [string, string])[] | null> {
  const { lab, key, keys = [], opens = [], acts = [] } = challenge as Challenge;
  const mine = key ? await findBrowserKey([key, ...keys]) : null;
  if (!mine) return null;
  // The nonces are another key's: this browser says which one it has.
  if (mine.id !== key) return [[USE, mine.id]];
  const proofs = await Promise.all([
    ...opens.map((open) => prove(mine.id, mine.key, openBytes(lab, key, open), open.nonce)),
    ...acts.map((act) => prove(mine.id, mine.key, actBytes(lab, key, act), act.nonce)),
  ]);
  return [[PROOFS, proofs.join(', ')]];
}

async function prove(id: string, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, nonce: string) {
  return `${id}.${nonce}.${toBase64Url(await signWith(key, bytes))}`;
}

const NOTHING = '00000000-0000-0000-0000-000000000000';

/** `cofferdam/open@1`: see docs/formats/signed-requests.md. */
export function openBytes(lab: string, key: string, open: WantedOpen): Uint8Array<ArrayBuffer> {
  return joined([
    ascii('cofferdam/open@1\n'),
    uuid(lab),
    uuid(open.project),
    [open.act, open.purpose],
    uuid(open.assignment ?? NOTHING),
    uuid(key),
    fromBase64Url(open.nonce),
    [open.records.length >> 8, open.records.length & 0xff],
    ...open.records.flatMap(([kind, id]) => [[kind], uuid(id)]),
  ]);
}

/** `cofferdam/act@1`. */
export function actBytes(lab: string, key: string, act: WantedAct): Uint8Array<ArrayBuffer> {
  return joined([
    ascii('cofferdam/act@1\n'),
    uuid(lab),
    [act.name.length],
    ascii(act.name),
    fromBase64Url(act.content),
    uuid(key),
    fromBase64Url(act.nonce),
  ]);
}

const ascii = (text: string) => new TextEncoder().encode(text);

/** Most significant byte first (RFC 9562 §4). */
const uuid = (text: string) =>
  Array.from({ length: 16 }, (_, at) => parseInt(text.replaceAll('-', '').slice(2 * at, 2 * at + 2), 16));

const joined = (parts: ArrayLike<number>[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
