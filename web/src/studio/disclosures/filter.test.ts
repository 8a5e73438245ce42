import { expect, test } from 'vitest';
import type { Disclosure } from '../../api/types';
import { filterFrom, isId, isPageLoad, shownOf } from './filter';

const row = (over: object) =>
  ({
    sequence: 1,
    act: 'open',
    purpose: 'manage',
    records: [{ kind: 'project', id: 'x', version: 1, bytes: 1, again: true }],
    ...over,
  }) as Disclosure;

test('isPageLoad_NamesForStaff_IsOne', () => {
  expect(isPageLoad(row({}))).toBe(true);
});

test.each([
  ['an item among the names', { records: [{ kind: 'project' }, { kind: 'item' }] }],
  ['a refusal', { act: 'refuse' }],
  ['a task', { purpose: 'task' }],
  ['nothing told of', { records: [] }],
])('isPageLoad_%s_IsNone', (_, over) => {
  expect(isPageLoad(row(over))).toBe(false);
});

test('shownOf_PageLoadsOut_KeepsWhatOpenedItems', () => {
  const rows = [row({}), row({ sequence: 2, purpose: 'search', records: [{ kind: 'item' }] })];
  expect(shownOf(rows, {}, false).map((r) => r.sequence)).toEqual([2]);
  expect(shownOf(rows, { purpose: 'search' }, true).map((r) => r.sequence)).toEqual([2]);
});

test('filterFrom_Address_KeepsMomentsThatAreMoments', () => {
  const filter = filterFrom(new URLSearchParams('person=p&record=r&purpose=task&from=soon'));
  expect(filter).toMatchObject({
    person: 'p',
    record: 'r',
    purpose: 'task',
    from: undefined,
    act: undefined,
  });
});

test('isId_WordsOfAnItem_AreNone', () => {
  expect(isId('0190aaaa-0000-7000-8000-0000000000b1')).toBe(true);
  expect(isId('the secret project')).toBe(false);
});
