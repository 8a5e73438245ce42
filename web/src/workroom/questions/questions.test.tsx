import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { Option, Question } from '../../api/types';
import { renderQuestions } from '../../test/bench';
import { hotkeys } from './choice';
import { readNumber } from './number';
import { placed } from './ranking';

beforeEach(() => localStorage.clear());

const press = (key: string, target: Element = document.activeElement ?? document.body) =>
  fireEvent.keyDown(target, { key });
const radio = (name: RegExp | string) => screen.getByRole<HTMLInputElement>('radio', { name });
const question = (part: Partial<Question> & Pick<Question, 'type'>): Question => ({
  key: part.type,
  title: `A ${part.type} question`,
  required: true,
  ...part,
});
const options = (count: number): Option[] =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `Option ${index}` }));

test('pairwise_ByKey_ChoosesThePoint', () => {
  const { answers } = renderQuestions([question({ type: 'pairwise', points: 5, tie: true })]);
  press('2');
  expect(answers()).toEqual({ pairwise: { choice: -1 } });
  expect(radio(/^A is better/).checked).toBe(true);
});

const three = { responses: ['one', 'two', 'three'] };

test('ranking_KeysOneAfterAnother_FillTheRanksOfTheResponses', () => {
  const { answers } = renderQuestions([question({ type: 'ranking' })], { item: three });
  press('2');
  press('1');
  press('3');
  expect(answers()).toEqual({ ranking: { ranks: [2, 1, 3] } });
});

test('ranking_KeyOnAResponseInFocus_PlacesThatOne', () => {
  const { answers } = renderQuestions([question({ type: 'ranking' })], { item: three });
  screen.getByRole('group', { name: 'Response C' }).focus();
  press('1');
  expect(answers()).toEqual({ ranking: { ranks: [0, 0, 1] } });
});

test('ranking_ArrowsOnARow_MoveItAndTellWhere', () => {
  const { answers } = renderQuestions([question({ type: 'ranking' })], { item: three });
  ['1', '2', '3'].forEach((key) => press(key));
  const last = screen.getByRole('spinbutton', { name: 'Rank of response C' });
  press('ArrowUp', last);
  expect(answers()).toEqual({ ranking: { ranks: [1, 3, 2] } });
  expect(last.getAttribute('aria-valuetext')).toBe('rank 2 of 3');
});

test('ranking_WithTies_LetsTwoStandLevel', async () => {
  const { answers } = renderQuestions([question({ type: 'ranking', ties: true })], { item: three });
  await userEvent.click(screen.getByRole('button', { name: 'Response A at rank 1' }));
  await userEvent.click(screen.getByRole('button', { name: 'Response B at rank 1' }));
  expect(answers()).toEqual({ ranking: { ranks: [1, 1, 0] } });
  expect(placed([1, 2, 3], 2, 1, false)).toEqual([3, 2, 1]);
});

test('choice_HotkeysOfOptions_ChooseThem', () => {
  const own = [
    { value: 'yes', label: 'Yes', key: 'y' },
    { value: 'no', label: 'No', key: '1' },
    { value: 'else', label: 'Something else' },
  ];
  expect(hotkeys(own)).toEqual(['y', '1', '3']);
  const { answers } = renderQuestions([question({ type: 'choice', options: own })]);
  press('y');
  expect(answers()).toEqual({ choice: { values: ['yes'] } });
  press('3');
  expect(answers()).toEqual({ choice: { values: ['else'] } });
});

test('choice_SeveralAllowed_TogglesEach', async () => {
  const { answers } = renderQuestions([question({ type: 'choice', options: options(3), multiple: true })]);
  press('1');
  await userEvent.click(screen.getByRole('checkbox', { name: /Option 2/ }));
  expect(answers()).toEqual({ choice: { values: ['v0', 'v2'] } });
  press('1');
  expect(answers()).toEqual({ choice: { values: ['v2'] } });
});

test('choice_ManyOptions_AreSearchedAndEnterTakesTheFirst', async () => {
  const { answers } = renderQuestions([question({ type: 'choice', options: options(77) })]);
  await userEvent.type(screen.getByLabelText('Search 77 options'), '42 option{Enter}');
  expect(answers()).toEqual({ choice: { values: ['v42'] } });
});

test('rating_FromZero_TakesDigitsAndShowsWhatTheEndsMean', () => {
  const { answers } = renderQuestions([
    question({ type: 'rating', points: 5, from: 0, low: 'useless', high: 'perfect' }),
  ]);
  press('0');
  expect(answers()).toEqual({ rating: { rating: 0 } });
  expect(screen.getByText('perfect')).toBeTruthy();
  expect(screen.getAllByRole('radio')).toHaveLength(5);
});

test('number_Typed_IsReadWithPointOrCommaAndStaysAsTyped', async () => {
  const { answers } = renderQuestions([question({ type: 'number', unit: 'kg' })]);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: /number/ });
  await userEvent.type(field, '1,50');
  expect(answers()).toEqual({ number: { number: 1.5 } });
  expect(field.value).toBe('1,50');
  expect(readNumber('1,000.5')).toBeNaN();
  expect(readNumber('−3')).toBe(-3);
});

test('text_InMarkdown_HasAPreviewThatDropsMarkupOfItsOwn', async () => {
  const { answers, container } = renderQuestions([question({ type: 'text', markdown: true })]);
  const field = screen.getByRole('textbox', { name: /text/ });
  await userEvent.type(field, '**bold** <script>x</script>');
  expect(answers().text?.text).toContain('**bold**');
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
  const preview = screen.getByRole('group', { name: 'Preview' });
  expect((await within(preview).findByText('bold')).tagName).toBe('STRONG');
  expect(container.querySelector('script')).toBeNull();
});

test('conditional_ConditionMetAndUnmet_ComesAndGoes', () => {
  renderQuestions([
    question({ type: 'rating', points: 3 }),
    question({ type: 'text', title: 'What was wrong?', showIf: { question: 'rating', is: ['1'] } }),
  ]);
  expect(screen.queryByLabelText(/What was wrong/)).toBeNull();
  press('1');
  expect(screen.getByLabelText(/What was wrong/)).toBeTruthy();
  press('3');
  expect(screen.queryByLabelText(/What was wrong/)).toBeNull();
});

test('suggestion_Untouched_IsFilledInToldApartAndNoAnswerYet', async () => {
  const { answers } = renderQuestions([question({ type: 'choice', options: options(3) })], {
    item: { prelabels: { choice: { values: ['v1'] } } },
  });
  expect(radio(/Option 1/).checked).toBe(true);
  expect(screen.getByText('suggested')).toBeTruthy();
  expect(answers()).toEqual({});
  await userEvent.click(radio(/Option 2/));
  expect(screen.getByText('changed from the suggestion')).toBeTruthy();
  await userEvent.click(radio(/Option 1/));
  expect(screen.getByText('as suggested')).toBeTruthy();
});

test('readOnly_AnswerThatDiffersFromTheSuggestion_SaysWhatItWas', () => {
  renderQuestions([question({ type: 'choice', options: options(3) })], {
    item: { prelabels: { choice: { values: ['v1'] } } },
    readOnly: { choice: { values: ['v2'] } },
  });
  expect(screen.getByText('was: Option 1')).toBeTruthy();
  expect(screen.getByText('changed from the suggestion')).toBeTruthy();
  expect(radio(/Option 2/).disabled).toBe(true);
});

test('keys_QuestionInFocus_HearsThemFirst', () => {
  const { answers } = renderQuestions([
    question({ type: 'rating', points: 5 }),
    question({ type: 'choice', options: options(5) }),
  ]);
  radio(/Option 0/).focus();
  press('3');
  expect(answers()).toEqual({ choice: { values: ['v2'] } });
  expect(document.activeElement).toBe(radio(/Option 2/));
});

test('hostile_ScriptInTitlesOptionsLabelsAndItem_IsTextEverywhere', async () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const { container } = renderQuestions(
    [
      question({
        type: 'choice',
        title: evil,
        help: evil,
        options: [{ value: 'a', label: evil }, ...options(1)],
      }),
      question({ type: 'rating', points: 3, low: evil, high: evil }),
      question({ type: 'number', unit: evil }),
      question({ type: 'spans', labels: [{ value: evil, label: evil }] }),
    ],
    { item: { text: evil, prompt: [{ role: evil, content: evil }], responses: [evil, evil] } },
  );
  await screen.findByRole('application', { name: 'Text of this item' });
  await screen.findByRole('group', { name: 'Labels' });
  expect(container.querySelector('img, script')).toBeNull();
  expect(screen.getAllByText(evil, { exact: false }).length).toBeGreaterThan(8);
});
