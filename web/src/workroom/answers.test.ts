import { expect, test } from 'vitest';
import type { Question } from '../api/types';
import { missing, pointsOf } from './answers';

test('pointsOf_FiveWithTie_RunFromLeftToRight', () => {
  const points = pointsOf({ points: 5, tie: true });
  expect(points.map((p) => p.choice)).toEqual([-2, -1, 0, 1, 2]);
  expect(points.map((p) => p.who + p.how)).toEqual([
    'A is much better',
    'A is better',
    'equal',
    'B is better',
    'B is much better',
  ]);
});

test.each([
  [2, false, [-1, 1]],
  [3, true, [-1, 0, 1]],
  [4, false, [-2, -1, 1, 2]],
  [6, false, [-3, -2, -1, 1, 2, 3]],
  [7, true, [-3, -2, -1, 0, 1, 2, 3]],
])('pointsOf_%iPointsTie%s_HasAsMany', (points, tie, choices) => {
  expect(pointsOf({ points, tie }).map((p) => p.choice)).toEqual(choices);
});

const questions: Question[] = [
  { key: 'preference', type: 'pairwise', title: '', points: 5, tie: true, required: true },
  { key: 'why', type: 'text', title: '', required: true, maxLength: 10 },
  { key: 'more', type: 'text', title: '', required: false, maxLength: 10 },
];

test('missing_NothingAnswered_NamesTheRequiredOnes', () => {
  expect(missing(questions, {})).toEqual(['preference', 'why']);
});

test('missing_TieChosenAndBlankText_OnlyTheText', () => {
  expect(missing(questions, { preference: { choice: 0 }, why: { text: '  ' } })).toEqual(['why']);
});
