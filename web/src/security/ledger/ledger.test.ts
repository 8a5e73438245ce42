import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64, type Bytes } from './bytes';
import { checkCheckpoint, checkGrowth, checkInclusion, seenOf } from './check';
import { extends_, hashLeaf, includes } from './merkle';
import { parseCheckpoint, parseKey, parseNote, signedBy } from './note';

const vectors = join(process.cwd(), '../../shared/vectors');
const there = existsSync(vectors);

interface Case {
  desc: string;
  wantErr: boolean;
  proof: string[] | null;
}

interface Inclusion extends Case {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
}

interface Consistency extends Case {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}

function cases<T>(folder: string): T[] {
  return readdirSync(join(vectors, 'merkle', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(vectors, 'merkle', folder, file), 'utf8')) as T);
}

const hashes = (proof: string[] | null) => (proof ?? []).map(fromBase64);
const bytes = (text: string | null) => fromBase64(text ?? '');

// Skipped where the folder of public vectors is absent.
describe.skipIf(!there)('public vectors', () => {
  test('includes_98VectorsOfMerkle_AsTheyWant', async () => {
    const all = cases<Inclusion>('inclusion');
    expect(all).toHaveLength(98);
    for (const one of all) {
      const found = await includes(
        one.leafIdx,
        one.treeSize,
        bytes(one.leafHash),
        hashes(one.proof),
        bytes(one.root),
      );
      expect(found, one.desc).toBe(!one.wantErr);
    }
  });

  test('extends_98VectorsOfMerkle_AsTheyWant', async () => {
    const all = cases<Consistency>('consistency');
    expect(all).toHaveLength(98);
    for (const one of all) {
      const found = await extends_(
        one.size1,
        one.size2,
        bytes(one.root1),
        bytes(one.root2),
        hashes(one.proof),
      );
      expect(found, one.desc).toBe(!one.wantErr);
    }
  });

  test('signedBy_CheckpointsOfTheGoldenLog_AllHold', async () => {
    const log = JSON.parse(readFileSync(join(vectors, 'tessera/log.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const vkey = Object.values(log).find(
      (value) => typeof value === 'string' && value.includes('+'),
    ) as string;
    const files = readdirSync(join(vectors, 'tessera'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /checkpoint\.\d+$/.test(file),
    );
    expect(files).toHaveLength(16);
    for (const file of files) {
      const { signature } = await checkCheckpoint(readFileSync(join(vectors, 'tessera', file), 'utf8'), vkey);
      expect(signature.state, file).toBe('holds');
    }
  });
});

const log = 'lab.example/ledger/lab';

async function makeLog() {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = new Uint8Array([1, ...publicKey]);
  const id = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new Uint8Array([...new TextEncoder().encode(`${log}\n`), ...key])),
  ).slice(0, 4);
  const hex = Array.from(id, (b) => b.toString(16).padStart(2, '0')).join('');
  const sign = async (size: number, root: Bytes) => {
    const text = `${log}\n${size}\n${toBase64(root)}\n`;
    const signature = new Uint8Array(
      await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(text)),
    );
    return `${text}\n— ${log} ${toBase64(new Uint8Array([...id, ...signature]))}\n`;
  };
  return { vkey: `${log}+${hex}+${toBase64(key)}`, sign };
}

const leaf = new TextEncoder().encode('leaf');

test('checkInclusion_OneLeafSigned_Holds', async () => {
  const { vkey, sign } = await makeLog();
  const note = await sign(1, await hashLeaf(leaf));
  const found = await checkInclusion(leaf, 0, `c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`, vkey);
  expect([found.signature.state, found.inclusion.state]).toEqual(['holds', 'holds']);
});

test('checkInclusion_AnotherLeafOrAnotherPlace_IsBroken', async () => {
  const { vkey, sign } = await makeLog();
  const proof = `c2sp.org/tlog-proof@v1\nindex 0\n\n${await sign(1, await hashLeaf(leaf))}`;
  const other = new TextEncoder().encode('other');
  expect((await checkInclusion(other, 0, proof, vkey)).inclusion.state).toBe('broken');
  expect((await checkInclusion(leaf, 1, proof, vkey)).inclusion.state).toBe('broken');
});

test('checkCheckpoint_SignedByAnotherKeyOrEdited_IsBroken', async () => {
  const [one, other] = [await makeLog(), await makeLog()];
  const note = await one.sign(1, await hashLeaf(leaf));
  expect((await checkCheckpoint(note, other.vkey)).signature.state).toBe('broken');
  expect((await checkCheckpoint(note.replace('\n1\n', '\n2\n'), one.vkey)).signature.state).toBe('broken');
});

test('checkGrowth_PutBackRewrittenOrAnotherLog_IsBroken', async () => {
  const root = await hashLeaf(leaf);
  const now = { origin: log, size: 1, root };
  const none = () => Promise.resolve([]);
  const seen = seenOf(now, 'key', new Date(0));
  expect((await checkGrowth(now, null, none)).state).toBe('unchecked');
  expect((await checkGrowth(now, seen, none)).state).toBe('holds');
  expect((await checkGrowth(now, { ...seen, size: 2 }, none)).state).toBe('broken');
  expect((await checkGrowth({ ...now, root: await hashLeaf(root) }, seen, none)).state).toBe('broken');
  expect((await checkGrowth({ ...now, origin: 'other' }, seen, none)).state).toBe('broken');
  expect((await checkGrowth({ ...now, size: 2 }, seen, none)).state).toBe('broken');
});

test('signedBy_Cosignature_TellsItsTime', async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const text = `${log}\n0\n${toBase64(new Uint8Array(32))}\n`;
  const message = new TextEncoder().encode(`cosignature/v1\ntime 1700000000\n${text}`);
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message));
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, 1700000000n);
  const id = new Uint8Array([1, 2, 3, 4]);
  const note = parseNote(`${text}\n— witness ${toBase64(new Uint8Array([...id, ...time, ...signature]))}\n`)!;
  const witness = { name: 'witness', id, type: 4, publicKey };
  expect(await signedBy(note, witness)).toEqual(new Date(1700000000_000));
  expect(parseCheckpoint(note.text)?.size).toBe(0);
  expect(await parseKey('witness+01020304+AAAA')).toBeNull();
});
