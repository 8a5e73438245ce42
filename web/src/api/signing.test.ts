import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { serve, type Call } from '../test/server';
import { fromBase64Url, makeBrowserKey, toBase64Url } from './browser-key';
import { askPlain } from './client';
import { actBytes, openBytes, type WantedOpen } from './signing';
import { answerStepUp } from './step-up';

/** Made by another program (testdata/make.mjs), and checked by the vault's own tests. */
const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../testdata/attestation.json'), 'utf8'),
) as {
  browserKey: { id: string; publicKey: string };
  open: Omit<WantedOpen, 'nonce'> & { lab: string; nonce: string; signed: string; signature: string };
  act: { lab: string; name: string; content: string; nonce: string; signed: string };
};
const bytes = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
const hex = (some: Uint8Array) => Array.from(some, (b) => b.toString(16).padStart(2, '0')).join('');
const lab = vectors.open.lab;
const key = vectors.browserKey.id;
const nonce = toBase64Url(bytes(vectors.open.nonce));
const open: WantedOpen = { ...vectors.open, nonce };

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

test('openBytes_OfATask_AreThoseThatTheVaultChecks', async () => {
  const signed = openBytes(lab, key, open);
  expect(hex(signed)).toBe(vectors.open.signed);
  const point = await pointOf(bytes(vectors.browserKey.publicKey));
  expect(await holds(point, bytes(vectors.open.signature), signed)).toBe(true);
});

test('actBytes_OfAnApproval_AreThoseThatTheVaultChecks', async () => {
  const content = await crypto.subtle.digest('SHA-256', bytes(vectors.act.content));
  const act = { name: vectors.act.name, content: toBase64Url(new Uint8Array(content)), nonce };
  expect(hex(actBytes(lab, key, act))).toBe(vectors.act.signed);
});

const pointOf = (point: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);

const holds = (point: CryptoKey, signature: Uint8Array<ArrayBuffer>, signed: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, point, signature, signed);

/** A route that wants a signature, and says which key it was given one of. */
function wanting(
  challenge: object,
  given: (call: Call) => boolean = (call) => call.headers.has('Cofferdam-Proof'),
) {
  return serve({
    'POST /api/labs/north/things': (call) =>
      given(call)
        ? { body: { done: call.body } }
        : { status: 428, body: { code: 'sign', detail: 'Not enrolled.', lab, key, ...challenge } },
  });
}

test('askPlain_KeyInThisBrowser_SignsAndAsksAgainWithTheSameBody', async () => {
  const fresh = await makeBrowserKey();
  await fresh.keep(key);
  const server = wanting({
    opens: [open],
    acts: [{ name: 'approve', content: nonce, nonce }],
  });
  expect(await askPlain('POST', '/api/labs/north/things', { a: 1 })).toEqual({ done: { a: 1 } });
  expect(server.calls).toHaveLength(2);
  const proofs = server.calls[1]!.headers.get('Cofferdam-Proof')!.split(', ');
  expect(proofs).toHaveLength(2);
  const [id, of, signature] = proofs[0]!.split('.');
  expect([id, of]).toEqual([key, nonce]);
  expect(await holds(await pointOf(fresh.point), fromBase64Url(signature!), openBytes(lab, key, open))).toBe(
    true,
  );
});

test('askPlain_NoKeyInThisBrowser_SaysWhatToDo', async () => {
  const server = wanting({ opens: [open] });
  await expect(askPlain('POST', '/api/labs/north/things')).rejects.toThrow('Not enrolled.');
  expect(server.calls).toHaveLength(1);
});

test('askPlain_NoncesOfAnotherKeyOfThePerson_SaysWhichOneThereIs', async () => {
  await (await makeBrowserKey()).keep('mine');
  const server = wanting(
    { opens: [open], keys: [key, 'mine'] },
    (call) => call.headers.get('Cofferdam-Key') === 'mine',
  );
  await askPlain('POST', '/api/labs/north/things');
  expect(server.calls).toHaveLength(2);
});

test('askPlain_NeverSatisfied_GivesUp', async () => {
  await (await makeBrowserKey()).keep(key);
  const server = wanting({ opens: [open] }, () => false);
  await expect(askPlain('POST', '/api/labs/north/things')).rejects.toThrow('Not enrolled.');
  expect(server.calls).toHaveLength(5);
});

test('makeBrowserKey_Kept_CannotBeTakenOut', async () => {
  const fresh = await makeBrowserKey();
  await fresh.keep(key);
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('cofferdam-signing', 1);
    request.onsuccess = () => resolve(request.result);
  });
  const [row] = await new Promise<{ key: CryptoKey }[]>((resolve) => {
    const request = db.transaction('keys').objectStore('keys').getAll();
    request.onsuccess = () => resolve(request.result as { key: CryptoKey }[]);
  });
  expect(row!.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('pkcs8', row!.key)).rejects.toThrow();
});

test('askPlain_StepUpWanted_WaitsForThePasskeyAndGoesOn', async () => {
  let used = false;
  const server = serve({
    'POST /api/labs/north/things': (call) =>
      used ? { body: { done: call.body } } : { status: 403, body: { code: 'step-up', detail: 'Passkey.' } },
  });
  const asked = askPlain('POST', '/api/labs/north/things', { a: 1 });
  await expect.poll(() => server.calls.length).toBe(1);
  used = true;
  await expect.poll(() => (answerStepUp(true), server.calls.length)).toBe(2);
  expect(await asked).toEqual({ done: { a: 1 } });
});
