import { beforeEach, expect, test } from 'vitest';
import { eraseAllKept, eraseKeptOfOthers, Kept } from './kept';

beforeEach(eraseAllKept);

test('put_ThenGet_GivesBackWhatWasTyped', async () => {
  const kept = await Kept.open('ada');
  await kept.put('draft', 'slot-1', { text: 'typed offline' });
  expect(await kept.get('draft', 'slot-1')).toEqual({ text: 'typed offline' });
});

test('put_OnDisk_HoldsNoPlaintextAndNoExtractableKey', async () => {
  const kept = await Kept.open('ada');
  await kept.put('draft', 'slot-1', { text: 'CANARY' });
  const { keys, entries } = await dump();
  expect(keys[0]!.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', keys[0]!.key)).rejects.toThrow();
  expect(new TextDecoder().decode(entries[0]!.bytes)).not.toContain('CANARY');
});

test('get_EntryMovedToAnotherSlot_IsRefused', async () => {
  const kept = await Kept.open('ada');
  await kept.put('draft', 'slot-1', { text: 'one' });
  const { entries } = await dump();
  await write({ ...entries[0]!, id: 'ada/draft/slot-2', slot: 'slot-2' });
  expect(await kept.get('draft', 'slot-2')).toBeNull();
});

test('list_TwoPeople_ShowsOnlyOwnEntries', async () => {
  const [ada, bo] = [await Kept.open('ada'), await Kept.open('bo')];
  await ada.put('submission', 'slot-1', 1);
  await bo.put('submission', 'slot-1', 2);
  expect(await ada.list('submission')).toEqual([1]);
});

test('erase_OfOnePerson_LeavesOthers', async () => {
  const [ada, bo] = [await Kept.open('ada'), await Kept.open('bo')];
  await ada.put('draft', 'slot-1', 1);
  await bo.put('draft', 'slot-1', 2);
  await ada.erase();
  const { keys, entries } = await dump();
  expect(keys.map((row) => row.owner)).toEqual(['bo']);
  expect(entries.map((row) => row.owner)).toEqual(['bo']);
});

test('eraseKeptOfOthers_NewPersonSignsIn_ErasesTheLastOne', async () => {
  const ada = await Kept.open('ada');
  await ada.put('draft', 'slot-1', 1);
  await eraseKeptOfOthers(['bo']);
  expect(await dump()).toEqual({ keys: [], entries: [] });
});

interface Dump {
  keys: { owner: string; key: CryptoKey }[];
  entries: { id: string; owner: string; bytes: ArrayBuffer }[];
}

async function database(): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const request = indexedDB.open('cofferdam', 1);
    request.onsuccess = () => resolve(request.result);
  });
}

async function dump(): Promise<Dump> {
  const db = await database();
  const all = (store: string) =>
    new Promise<never[]>((resolve) => {
      const request = db.transaction(store).objectStore(store).getAll();
      request.onsuccess = () => resolve(request.result as never[]);
    });
  const found = { keys: await all('keys'), entries: await all('entries') };
  db.close();
  return found;
}

async function write(row: object): Promise<void> {
  const db = await database();
  await new Promise<void>((resolve) => {
    const change = db.transaction('entries', 'readwrite');
    change.objectStore('entries').put(row);
    change.oncomplete = () => resolve();
  });
  db.close();
}
