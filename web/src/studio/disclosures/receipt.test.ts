import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Act, Receipt } from '../../api/types';
import { checkReceipt } from './receipt';

interface Vector {
  leaf: string;
  what: string;
  who: string;
  salt: string;
}

// The project's own vectors, made by a second implementation (docs/formats/receipt.md).
const { entries } = JSON.parse(readFileSync(join(process.cwd(), '../testdata/receipt.json'), 'utf8')) as {
  entries: Vector[];
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

function receipt({ leaf, what, who, salt }: Vector): Receipt {
  const { seq, time, act } = JSON.parse(leaf) as { seq: number; time: string; act: Act };
  return { sequence: seq, time, act, what: base64(what), who: base64(who), salt, leaf: base64(leaf) };
}

test.each(entries.map(receipt))('checkReceipt_Vector$sequence_Fits', async (vector) => {
  const { leaf, what, who } = await checkReceipt(vector);
  expect({ leaf, what, who }).toEqual({ leaf: true, what: true, who: true });
});

test('checkReceipt_OtherFactsShown_DoesNotFit', async () => {
  const vector = entries[1]!;
  const edited = receipt({ ...vector, what: vector.what.replace('"task"', '"review"') });
  expect(await checkReceipt(edited)).toMatchObject({ leaf: true, what: false, who: true });
});

test('checkReceipt_AnotherPersonShown_DoesNotFit', async () => {
  const edited = receipt({ ...entries[1]!, who: entries[0]!.who });
  expect(await checkReceipt(edited)).toMatchObject({ what: true, who: false });
});

test('checkReceipt_AnotherActOrTimeShown_DoesNotFit', async () => {
  const honest = receipt(entries[1]!);
  expect((await checkReceipt({ ...honest, act: 'seal' })).leaf).toBe(false);
  expect((await checkReceipt({ ...honest, sequence: 9 })).leaf).toBe(false);
  expect((await checkReceipt({ ...honest, time: '2026-11-22T11:00:00Z' })).leaf).toBe(false);
});

test('checkReceipt_LeafInAnotherSpelling_DoesNotFit', async () => {
  const vector = entries[1]!;
  expect(
    (await checkReceipt({ ...receipt(vector), leaf: base64(vector.leaf.replace('{', '{ ')) })).leaf,
  ).toBe(false);
});
