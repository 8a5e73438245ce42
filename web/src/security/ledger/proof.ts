import { type Bytes, fromBase64 } from './bytes';

/** A `.tlog-proof` file (c2sp.org/tlog-proof): a leaf's place, the hashes to the root, and the checkpoint as it was signed. */
export interface TlogProof {
  index: number;
  hashes: Bytes[];
  checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';

/** @returns null where it is no such file. */
export function parseProof(file: string): TlogProof | null {
  const blank = file.indexOf('\n\n');
  if (blank < 0) return null;
  const [first, ...lines] = file.slice(0, blank).split('\n');
  if (first !== header) return null;
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !lines.every((line) => /^[A-Za-z0-9+/]{43}=$/.test(line))) return null;
  return { index: Number(index), hashes: lines.map(fromBase64), checkpoint: file.slice(blank + 2) };
}
