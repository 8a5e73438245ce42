import { expect, test } from 'vitest';
import { CodePoints } from './code-points';
import { added, relabelled } from './edits';
import { byParagraph, drawn, paragraphsOf, segmentsOf } from './layers';
import { Words } from './words';

const emoji = 'a😀b👩‍🚀c';

test('toPoints_EmojiBefore_CountsEachAsOne', () => {
  const points = new CodePoints(emoji);
  expect(points.toPoints(emoji.indexOf('b'))).toBe(2);
  expect(points.toPoints(emoji.indexOf('c'))).toBe([...emoji].indexOf('c'));
  expect(points.toPoints(emoji.length)).toBe([...emoji].length);
});

test('toUnits_OfEveryPoint_IsTheInverse', () => {
  const points = new CodePoints(emoji);
  let unit = 0;
  [...emoji].forEach((character, point) => {
    expect(points.toUnits(point)).toBe(unit);
    expect(points.toPoints(unit)).toBe(point);
    unit += character.length;
  });
  expect(points.toUnits([...emoji].length)).toBe(emoji.length);
});

test('toPoints_NoPairs_ChangesNothing', () => {
  const points = new CodePoints('e\u0301t\u00e9 مرحبا');
  expect([0, 3, 9].map((unit) => points.toPoints(unit))).toEqual([0, 3, 9]);
});

const wordsOf = (text: string) => new Words(paragraphsOf(text));

test('whole_CombiningMarkCutOff_IsTakenAlong', () => {
  const text = 'cafe\u0301 noir';
  expect(wordsOf(text).whole(text, { start: 0, end: 4 })).toEqual({ start: 0, end: 5 });
});

test('whole_EmojiOfSeveralParts_IsNotCut', () => {
  const end = emoji.indexOf('👩') + 2;
  expect(wordsOf(emoji).whole(emoji, { start: 0, end })).toEqual({ start: 0, end: emoji.indexOf('c') });
});

test('whole_SpaceAtBothEnds_IsLeftOut', () => {
  const text = 'one  two  three';
  expect(wordsOf(text).whole(text, { start: 3, end: 10 })).toEqual({ start: 5, end: 8 });
});

test('next_AcrossLines_GoesWordByWordThereAndBack', () => {
  const words = wordsOf('One, two.\n\nDrei');
  const first = words.next({ start: 0, end: 0 }, false)!;
  const second = words.next(first, false)!;
  const third = words.next(second, false)!;
  expect([first, second, third]).toEqual([
    { start: 0, end: 3 },
    { start: 5, end: 8 },
    { start: 11, end: 15 },
  ]);
  expect(words.next(third, false)).toBeNull();
  expect(words.next(third, true)).toEqual(second);
});

const span = (start: number, end: number, label = 'A') => ({ start, end, label });

test('drawn_CrossingSpans_HaveALaneEach', () => {
  const spans = [span(0, 10), span(5, 15), span(12, 20), span(30, 31)];
  expect(drawn(spans, new CodePoints('')).map(({ lane }) => lane)).toEqual([0, 1, 0, 0]);
});

test('segmentsOf_CrossingSpans_CutWhereTheyBeginAndEnd', () => {
  const text = 'abcdefghij';
  const all = drawn([span(1, 5), span(3, 8, 'B')], new CodePoints(text));
  const found = segmentsOf({ start: 0, text }, all);
  expect(found.map(({ start, end, over }) => [start, end, over.map(({ label }) => label).join('')])).toEqual([
    [0, 1, ''],
    [1, 3, 'A'],
    [3, 5, 'AB'],
    [5, 8, 'B'],
    [8, 10, ''],
  ]);
});

test('byParagraph_SpanOverALineEnd_IsDrawnInBoth', () => {
  const text = 'one two\nthree';
  const paragraphs = paragraphsOf(text);
  const dealt = byParagraph(paragraphs, drawn([span(4, 11), span(0, 3)], new CodePoints(text)));
  expect(dealt.map((spans) => spans.length)).toEqual([2, 1]);
});

const labels = { key: 's', type: 'spans', title: '', required: true } as const;

test('added_Overlapping_IsRefusedUnlessTheFormAllowsIt', () => {
  expect(added(labels, [span(0, 5)], span(3, 8))).toHaveProperty('refused');
  expect(added({ ...labels, overlap: true }, [span(3, 8)], span(0, 5))).toEqual({
    spans: [span(0, 5), span(3, 8)],
    at: 0,
  });
});

test('relabelled_ToOneThatIsThereAlready_LeavesOne', () => {
  expect(relabelled([span(0, 5, 'A'), span(0, 5, 'B')], 0, 'B')).toEqual({ spans: [span(0, 5, 'B')], at: 0 });
});
