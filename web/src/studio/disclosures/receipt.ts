import type { Receipt } from '../../api/types';

/**
 * Checks a receipt in this browser: the leaf that the ledger holds is in its one canonical spelling and commits to
 * exactly the facts shown (HMAC-SHA-256 of each part under the receipt's salt).
 */
export interface ReceiptCheck {
  /** The leaf says what the receipt says: sequence, time and act. */
  leaf: boolean;
  /** It commits to what was disclosed. */
  what: boolean;
  /** It commits to whom it was disclosed. */
  who: boolean;
  /** RFC 6962 leaf hash, hexadecimal: where to look for it in a copy of the ledger. */
  leafHash: string;
  facts: { what: unknown; who: unknown };
}

interface Leaf {
  v: number;
  seq: number;
  time: string;
  act: string;
  what: string;
  who: string;
}

export async function checkReceipt(receipt: Receipt): Promise<ReceiptCheck> {
  const [what, who, salt, leafBytes] = [receipt.what, receipt.who, receipt.salt, receipt.leaf].map(
    fromBase64,
  ) as [Bytes, Bytes, Bytes, Bytes];
  const leafText = utf8.decode(leafBytes);
  const leaf = parse<Partial<Leaf>>(leafText);
  const key = await crypto.subtle.importKey('raw', salt, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return {
    leaf: leaf !== null && leafText === spelling(leaf, receipt),
    what: leaf?.what === (await commitment(key, 'cofferdam/receipt/what@1\0', what)),
    who: leaf?.who === (await commitment(key, 'cofferdam/receipt/who@1\0', who)),
    leafHash: hex(await crypto.subtle.digest('SHA-256', join(Uint8Array.of(0), leafBytes))),
    facts: { what: parse(utf8.decode(what)), who: parse(utf8.decode(who)) },
  };
}

/** The one spelling that a leaf with these facts may have. */
function spelling(leaf: Partial<Leaf>, receipt: Receipt): string | null {
  if (leaf.time === undefined || Date.parse(leaf.time) !== Date.parse(receipt.time)) return null;
  return JSON.stringify({
    v: 1,
    seq: receipt.sequence,
    time: leaf.time,
    act: receipt.act,
    what: leaf.what,
    who: leaf.who,
  });
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextDecoder();

async function commitment(key: CryptoKey, label: string, part: Bytes): Promise<string> {
  return toBase64(
    new Uint8Array(await crypto.subtle.sign('HMAC', key, join(new TextEncoder().encode(label), part))),
  );
}

function join(first: Bytes, second: Bytes): Bytes {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const toBase64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes));
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('');

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
