import { expect, test } from 'vitest';
import { makeBrowserKey, findBrowserKey, signWith, toBase64Url } from '../../api/browser-key';
import { openBytes } from '../../api/signing';
import { isSignedBy } from './signature';

const id = (last: string) => `0190aaaa-0000-7000-8000-0000000000${last}`;

async function receipt() {
  const fresh = await makeBrowserKey();
  await fresh.keep(id('0a'));
  const { key } = (await findBrowserKey([id('0a')]))!;
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const signature = await signWith(
    key,
    openBytes(id('01'), id('0a'), {
      project: id('02'),
      act: 1,
      purpose: 2,
      assignment: id('03'),
      records: [
        [5, id('04')],
        [6, id('05')],
      ],
      nonce,
    }),
  );
  return {
    facts: {
      what: {
        lab: id('01'),
        project: id('02'),
        purpose: 'review',
        records: [
          ['item', id('04'), 1],
          ['answer', id('05'), 1],
        ],
      },
      who: {
        pseudonym: 'ada',
        assignment: id('03'),
        key: id('0a'),
        nonce,
        signature: toBase64Url(signature),
      },
    },
    known: { id: id('0a'), person: 'ada', publicKey: toBase64Url(fresh.point) },
  };
}

test('isSignedBy_TheSignersReceipt_Holds', async () => {
  const { facts, known } = await receipt();
  expect(await isSignedBy('open', facts, known)).toBe(true);
});

test('isSignedBy_AnotherRecordPurposeOrPerson_DoesNotHold', async () => {
  const { facts, known } = await receipt();
  const swapped = { ...facts.what, records: [...facts.what.records].reverse() };
  expect(await isSignedBy('open', { ...facts, what: swapped }, known)).toBe(false);
  expect(await isSignedBy('open', { ...facts, what: { ...facts.what, purpose: 'task' } }, known)).toBe(false);
  expect(await isSignedBy('open', facts, { ...known, person: 'bo' })).toBe(false);
  expect(await isSignedBy('resume', facts, known)).toBe(null);
});
