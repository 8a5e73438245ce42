import { expect, test } from 'vitest';
import type { Question } from '../api/types';
import { asked, differencesOf, faults, forDraft, forSubmit, originOf, standing } from './answers';
import { pointsOf } from './questions/points';

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
  {
    key: 'why',
    type: 'text',
    title: '',
    required: true,
    maxLength: 10,
    showIf: { question: 'preference', is: ['left', 'right'] },
  },
  {
    key: 'topic',
    type: 'choice',
    title: '',
    required: false,
    options: [
      { value: 'x', label: 'X' },
      { value: 'y', label: 'Y' },
    ],
  },
  {
    key: 'more',
    type: 'number',
    title: '',
    required: true,
    whole: true,
    min: 0,
    showIf: { question: 'topic', is: ['y'] },
  },
];

const keys = (found: Question[]) => found.map(({ key }) => key);

test('asked_ConditionNotMet_LeavesTheQuestionOut', () => {
  expect(keys(asked(questions, {}))).toEqual(['preference', 'topic']);
  expect(keys(asked(questions, { preference: { choice: 0 } }))).toEqual(['preference', 'topic']);
  expect(keys(asked(questions, { preference: { choice: -1 }, topic: { values: ['y'] } }))).toEqual([
    'preference',
    'why',
    'topic',
    'more',
  ]);
});

test('asked_ConditionOnAQuestionThatIsNotAsked_IsNotMet', () => {
  const chain: Question[] = [
    { key: 'a', type: 'rating', title: '', required: true, points: 5 },
    { key: 'b', type: 'rating', title: '', required: true, points: 5, showIf: { question: 'a', is: ['5'] } },
    { key: 'c', type: 'text', title: '', required: true, showIf: { question: 'b', is: ['1'] } },
  ];
  // Answered while it was asked, and hidden since.
  expect(keys(asked(chain, { a: { rating: 2 }, b: { rating: 1 } }))).toEqual(['a']);
});

test('forSubmit_QuestionsHiddenMeanwhile_AreStripped', () => {
  const answers = { preference: { choice: 0 }, why: { text: 'hidden' }, topic: {}, more: { number: 3 } };
  expect(forSubmit(questions, answers)).toEqual({ preference: { choice: 0 } });
});

test('faults_RequiredAndAskedOnly_AreNamed', () => {
  expect(Object.keys(faults(questions, {}))).toEqual(['preference']);
  expect(Object.keys(faults(questions, { preference: { choice: 1 }, why: { text: '  ' } }))).toEqual(['why']);
});

test('faults_NumberOutOfBounds_SaysWhich', () => {
  const answers = { preference: { choice: 0 }, topic: { values: ['y'] } };
  expect(faults(questions, { ...answers, more: { number: -1 } })).toEqual({ more: 'At least 0.' });
  expect(faults(questions, { ...answers, more: { number: 1.5 } }).more).toContain('whole');
  expect(faults(questions, { ...answers, more: { number: NaN } }).more).toContain('not a number');
});

test('forDraft_NumberThatIsNoneYet_IsNotKept', () => {
  expect(forDraft({ more: { number: NaN } })).toEqual({ more: {} });
});

test('originOf_SuggestionUntouchedUsedAndChanged_AreToldApart', () => {
  const suggested = { topic: { values: ['x'] } };
  expect(originOf('topic', {}, suggested)).toBe('suggested');
  expect(originOf('topic', { topic: { values: ['x'] } }, suggested)).toBe('kept');
  expect(originOf('topic', { topic: { values: ['y'] } }, suggested)).toBe('changed');
  expect(originOf('topic', { topic: {} }, suggested)).toBe('changed');
  expect(originOf('why', {}, suggested)).toBeUndefined();
});

test('standing_SuggestionClearedByHand_StaysCleared', () => {
  expect(standing({ topic: {} }, { topic: { values: ['x'] } })).toEqual({ topic: {} });
});

test('differencesOf_Spans_NamesWhatCameAndWhatWent', () => {
  const spans: Question = {
    key: 's',
    type: 'spans',
    title: '',
    required: true,
    labels: [{ value: 'PER', label: 'Person' }],
  };
  const span = (start: number, end: number) => ({ start, end, label: 'PER' });
  const item = { text: '😀 Ada met Bo' };
  expect(differencesOf(spans, { spans: [span(2, 5)] }, { spans: [span(10, 12)] }, item)).toEqual([
    '1 added: Person “Bo”',
    '1 taken off: Person “Ada”',
  ]);
});
