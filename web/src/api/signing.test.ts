import { beforeEach, expect, test, vi } from 'vitest';
import { serve, type Call } from '../test/server';
import { fromBase64Url, makeBrowserKey } from './browser-key';
import { askPlain } from './client';
import { actBytes, openBytes, type WantedAct, type WantedOpen } from './signing';
import { answerStepUp } from './step-up';

const lab = '11111111-2222-4333-8444-555555555555';
const key = '01234567-89ab-4cde-8f01-23456789abcd';
const nonce = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const open: WantedOpen = {
  project: '66666666-7777-4888-9999-aaaaaaaaaaaa',
  act: 1,
  purpose: 1,
  assignment: 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
  records: [
    [5, '0f0e0d0c-0b0a-4908-8706-050403020100'],
    [3, 'fedcba98-7654-4321-8fed-cba987654321'],
  ],
  nonce,
};
const act: WantedAct = { name: 'resume', content: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8', nonce };

const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

test('openBytes_OfATask_AreThoseThatTheVaultChecks', () => {
  expect(hex(openBytes(lab, key, open))).toBe(
    '636f6666657264616d2f6f70656e40310a111111112222433384445555555555556666666677774888' +
      '9999aaaaaaaaaaaa0101bbbbbbbbcccc4ddd8eeeffffffffffff0123456789ab4cde8f0123456789abcd' +
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0002050f0e0d0c0b0a49' +
      '08870605040302010003fedcba98765443218fedcba987654321',
  );
});

test('actBytes_OfAResumption_AreThoseThatTheVaultChecks', () => {
  expect(hex(actBytes(lab, key, act))).toBe(
    '636f6666657264616d2f61637440310a1111111122224333844455555555555506726573756d652021222324252627' +
      '28292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f0123456789ab4cde8f0123456789abcd000102030405' +
      '060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  );
});

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
  const server = wanting({ opens: [open], acts: [act] });
  expect(await askPlain('POST', '/api/labs/north/things', { a: 1 })).toEqual({ done: { a: 1 } });
  expect(server.calls).toHaveLength(2);
  const proofs = server.calls[1]!.headers.get('Cofferdam-Proof')!.split(', ');
  expect(proofs).toHaveLength(2);
  const [id, of, signature] = proofs[0]!.split('.');
  expect([id, of]).toEqual([key, nonce]);
  const point = await crypto.subtle.importKey(
    'raw',
    fresh.point,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );
  expect(
    await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      point,
      fromBase64Url(signature!),
      openBytes(lab, key, open),
    ),
  ).toBe(true);
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
