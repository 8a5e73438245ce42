import { fromBase64, same, toBase64, type Bytes } from './bytes';
import { extends_, hashLeaf, includes } from './merkle';
import { knowsEd25519, parseCheckpoint, parseKey, parseNote, signedBy, type Checkpoint } from './note';
import { parseProof } from './proof';
import type { Seen } from './seen';

/** What this browser found out of one thing: it holds, it does not, or it could not be looked at, and why. */
export type Finding =
  | { state: 'holds'; detail: string }
  | { state: 'broken'; detail: string }
  | { state: 'unchecked'; detail: string };

const holds = (detail: string): Finding => ({ state: 'holds', detail });
const broken = (detail: string): Finding => ({ state: 'broken', detail });
const unchecked = (detail: string): Finding => ({ state: 'unchecked', detail });

/** A checkpoint whose signature was checked, as far as this browser can. */
export interface CheckedCheckpoint {
  checkpoint: Checkpoint | null;
  signature: Finding;
}

/** The log's own signature on a checkpoint. */
export async function checkCheckpoint(note: string, vkey: string): Promise<CheckedCheckpoint> {
  const signed = parseNote(note);
  const checkpoint = signed && parseCheckpoint(signed.text);
  if (!signed || !checkpoint) return { checkpoint: null, signature: broken('This is no signed checkpoint.') };
  const key = await parseKey(vkey);
  if (!key) return { checkpoint, signature: broken("The log's key is not well formed.") };
  if (checkpoint.origin !== key.name)
    return { checkpoint, signature: broken(`The checkpoint is that of another log, ${checkpoint.origin}.`) };
  if (!(await knowsEd25519()))
    return {
      checkpoint,
      signature: unchecked('This browser has no Ed25519; cofferdam ledger verify checks it.'),
    };
  return {
    checkpoint,
    signature: (await signedBy(signed, key))
      ? holds(`Signed by ${key.name}.`)
      : broken('The signature of the log is missing or wrong.'),
  };
}

/** A leaf's inclusion under the checkpoint of its proof. */
export async function checkInclusion(leaf: Bytes, sequence: number, proofFile: string, vkey: string) {
  const proof = parseProof(proofFile);
  if (!proof)
    return {
      checkpoint: null,
      signature: broken('This is no proof.'),
      inclusion: broken('This is no proof.'),
    };
  const { checkpoint, signature } = await checkCheckpoint(proof.checkpoint, vkey);
  const inclusion =
    checkpoint &&
    proof.index === sequence &&
    (await includes(proof.index, checkpoint.size, await hashLeaf(leaf), proof.hashes, checkpoint.root))
      ? holds(`Leaf ${sequence} of ${checkpoint.size}.`)
      : broken('The proof does not lead from this leaf to the signed root.');
  return { checkpoint, signature, inclusion };
}

/**
 * Whether a checkpoint goes on from the one this browser saw last.
 * @param consistency fetches the hashes between two sizes, base64
 */
export async function checkGrowth(
  now: Checkpoint,
  seen: Seen | null,
  consistency: (from: number, to: number) => Promise<string[]>,
): Promise<Finding> {
  if (!seen)
    return unchecked('This browser has seen no checkpoint of this log before. It will remember this one.');
  if (seen.origin !== now.origin)
    return broken(
      `The log was ${seen.origin}, and is another now. A new log is begun by two people only where leaves were lost: ask them.`,
    );
  const before = fromBase64(seen.root);
  if (now.size < seen.size)
    return broken(
      `The log had ${seen.size} entries and has ${now.size} now: it was put back to an older state.`,
    );
  if (now.size === seen.size)
    return same(before, now.root)
      ? holds(`The same ${now.size} entries as when this browser last looked.`)
      : broken('As many entries as before, and others: the log was rewritten.');
  if (seen.size === 0) return holds('It was empty when this browser last looked.');
  const hashes = (await consistency(seen.size, now.size)).map(fromBase64);
  return (await extends_(seen.size, now.size, before, now.root, hashes))
    ? holds(`The ${seen.size} entries seen before are the first of its ${now.size}.`)
    : broken(
        `The ${seen.size} entries seen before are not the first of its ${now.size}: the log was rewritten.`,
      );
}

/** A checkpoint as this browser remembers it. */
export const seenOf = (checkpoint: Checkpoint, key: string, at: Date): Seen => ({
  origin: checkpoint.origin,
  key,
  size: checkpoint.size,
  root: toBase64(checkpoint.root),
  at: at.toISOString(),
});
