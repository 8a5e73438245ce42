import { fromBase64Url } from '../../api/browser-key';
import { openBytes } from '../../api/signing';

/**
 * Checks the person's own signature under an open, with nothing but the receipt and the key as it was enrolled: that
 * this person asked for exactly these records, for this purpose and task (docs/formats/attestation.md).
 */
interface What {
  lab: string;
  project?: string;
  purpose?: string;
  /** Kind and id come first of each. */
  records?: [string, string, ...unknown[]][];
}

interface Who {
  pseudonym: string;
  assignment?: string;
  key?: string;
  nonce?: string;
  signature?: string;
}

/** A key as the lab knows it. */
export interface KnownKey {
  id: string;
  person: string;
  /** A point of P-256, uncompressed: 65 bytes, base64url. */
  publicKey: string;
}

const NOTHING = '00000000-0000-0000-0000-000000000000';

// The numbers that are signed. They never change.
const acts = { open: 1, export: 3, send: 11 };
const purposes = [
  ...['none', 'task', 'review', 'manage', 'deliver', 'validate', 'signIn', 'search', 'figures', 'acceptance'],
  ...['appeal', 'gold', 'match', 'vet', 'pay', 'ownData', 'federation'],
];
const kinds = [
  ...['', 'project', 'guidelineDraft', 'guidelineSection', 'form', 'item', 'answer', 'draft', 'reason'],
  ...['import', 'batch', 'delivery', 'secret', 'gold', 'image', 'search', 'askedQuestion', 'address'],
  ...['', '', 'sample', 'figures', 'profile', 'interview', 'agreement', 'payDetails', 'check', 'engagement'],
  'brief',
];

/** The key that a receipt says it was signed with; null where it was not signed. */
export const signerOf = (facts: { who: unknown }): string | null => (facts.who as Who | null)?.key ?? null;

/** @returns Null where the receipt is of another act than an open, which this page cannot put together again. */
export async function isSignedBy(
  act: string,
  facts: { what: unknown; who: unknown },
  key: KnownKey,
): Promise<boolean | null> {
  const what = facts.what as What;
  const who = facts.who as Who;
  if (!(act in acts)) return null;
  if (who.key !== key.id || who.pseudonym !== key.person || !who.nonce || !who.signature) return false;
  const point = await crypto.subtle.importKey(
    'raw',
    fromBase64Url(key.publicKey),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );
  const signed = openBytes(what.lab, key.id, {
    project: what.project ?? NOTHING,
    act: acts[act as keyof typeof acts],
    purpose: purposes.indexOf(what.purpose ?? 'none'),
    assignment: who.assignment ?? null,
    records: (what.records ?? []).map(([kind, id]) => [kinds.indexOf(kind), id]),
    nonce: who.nonce,
  });
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    point,
    fromBase64Url(who.signature),
    signed,
  );
}
