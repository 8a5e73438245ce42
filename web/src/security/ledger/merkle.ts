import { type Bytes, join, same, sha256 } from './bytes';

/** RFC 6962 §2.1: SHA-256(0x00 ‖ entry). */
export const hashLeaf = (entry: Bytes) => sha256(join(Uint8Array.of(0), entry));

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
const hashNode = (left: Bytes, right: Bytes) => sha256(join(Uint8Array.of(1), left, right));

const areHashes = (...hashes: Bytes[]) => hashes.every((hash) => hash.length === 32);

/** The place of a node and of the last node of its level, while a proof is climbed. */
interface Place {
  node: number;
  last: number;
}

/**
 * Checks that a leaf is in a tree (RFC 9162 §2.1.3.2).
 * @param index from 0, less than `size`
 * @param proof hashes from the leaf's side to the root's
 */
export async function includes(index: number, size: number, leaf: Bytes, proof: Bytes[], root: Bytes) {
  if (index < 0 || index >= size || !areHashes(leaf, root, ...proof)) return false;
  const place: Place = { node: index, last: size - 1 };
  let hash = leaf;
  for (const sibling of proof) {
    if (place.last === 0) return false;
    hash = climb(place) ? await hashNode(sibling, hash) : await hashNode(hash, sibling);
  }
  return place.last === 0 && same(hash, root);
}

/**
 * Checks that an older tree is a prefix of a newer one (RFC 9162 §2.1.4.2).
 * @param from size of the older tree, at least 1
 */
export async function extends_(from: number, to: number, older: Bytes, newer: Bytes, proof: Bytes[]) {
  if (from < 1 || from > to || !areHashes(...proof)) return false;
  if (from === to) return proof.length === 0 && same(older, newer);
  // Where the older tree is complete its root is the first hash, and the proof leaves it out.
  const complete = Number.isInteger(Math.log2(from));
  const [first, ...rest] = complete ? [older, ...proof] : proof;
  if (!first) return false;
  const place: Place = { node: from - 1, last: to - 1 };
  while (place.node % 2 === 1) up(place);
  let [a, b] = [first, first];
  for (const step of rest) {
    if (place.last === 0) return false;
    if (climb(place)) {
      a = await hashNode(step, a);
      b = await hashNode(step, b);
    } else {
      b = await hashNode(b, step);
    }
  }
  return place.last === 0 && same(a, older) && same(b, newer);
}

/** Goes up by one hash of a proof; true where that hash stands to the left. */
function climb(place: Place): boolean {
  const left = place.node % 2 === 1 || place.node === place.last;
  if (left) while (place.node % 2 === 0 && place.node !== 0) up(place);
  up(place);
  return left;
}

// Sizes may pass 2^31, where bit operations end.
function up(place: Place) {
  place.node = Math.floor(place.node / 2);
  place.last = Math.floor(place.last / 2);
}
