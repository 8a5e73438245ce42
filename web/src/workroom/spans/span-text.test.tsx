import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { Answers, Question, Span } from '../../api/types';
import { renderQuestions } from '../../test/bench';

beforeEach(() => localStorage.clear());

const spans: Question = {
  key: 'names',
  type: 'spans',
  title: 'Mark the names',
  required: true,
  overlap: false,
  labels: [
    { value: 'PER', label: 'Person', key: 'p' },
    { value: 'LOC', label: 'Place' },
  ],
};

const text = '😀 Ada Lovelace went to London.\nShe met cafe\u0301 folk.';

async function open({ question = spans, answer }: { question?: Question; answer?: Span[] } = {}) {
  const item = { text, ...(answer && { prelabels: { names: { spans: answer } } satisfies Answers }) };
  const view = renderQuestions([question], { item });
  const pane = await screen.findByRole('application', { name: 'Text of this item' });
  await screen.findByRole('group', { name: 'Labels' });
  pane.focus();
  const press = (key: string, held: { shiftKey?: boolean; altKey?: boolean; ctrlKey?: boolean } = {}) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held });
  const marked = () =>
    (view.answers().names?.spans ?? []).map(
      ({ start, end, label }) => `${label} ${[...text].slice(start, end).join('')}`,
    );
  return { ...view, pane, press, marked };
}

test('keyboard_ArrowsShiftAndALabelKey_MarkWordsInCodePoints', async () => {
  const { press, marked, answers } = await open();
  press('ArrowRight');
  press('ArrowRight', { shiftKey: true });
  press('p');
  expect(marked()).toEqual(['PER Ada Lovelace']);
  // The emoji before it is one character, as on the wire, though two to the browser.
  expect(answers().names?.spans).toEqual([{ start: 2, end: 14, label: 'PER' }]);
});

test('keyboard_ShiftAndAlt_ExtendByWholeCharacters', async () => {
  const { press, marked } = await open();
  press('ArrowDown');
  for (let word = 0; word < 2; word++) press('ArrowRight');
  expect(document.getSelection()?.toString()).toBe('cafe\u0301');
  press('ArrowLeft', { shiftKey: true, altKey: true });
  // The accent goes with its letter.
  expect(document.getSelection()?.toString()).toBe('caf');
  press('2');
  expect(marked()).toEqual(['LOC caf']);
});

test('keyboard_LabelOnAMarkedSpan_RelabelsAndDeleteAndUndoWork', async () => {
  const { press, marked } = await open();
  press('ArrowRight');
  press('p');
  press('2');
  expect(marked()).toEqual(['LOC Ada']);
  press('Delete');
  expect(marked()).toEqual([]);
  press('z', { ctrlKey: true });
  expect(marked()).toEqual(['LOC Ada']);
  press('z', { ctrlKey: true });
  expect(marked()).toEqual(['PER Ada']);
});

test('keyboard_OverlapNotAllowed_IsRefusedInWords', async () => {
  const { press, marked } = await open();
  press('ArrowRight');
  press('p');
  press('ArrowRight');
  press('ArrowLeft', { shiftKey: true });
  press('2');
  expect(marked()).toEqual(['PER Ada']);
  expect(screen.getByText(/may not overlap/)).toBeTruthy();
});

test('keyboard_InputMethodComposing_MarksNothing', async () => {
  const { press, marked, pane } = await open();
  press('ArrowRight');
  fireEvent.keyDown(pane, { key: 'p', isComposing: true });
  expect(marked()).toEqual([]);
});

test('mouse_SelectionOfTheBrowser_IsTrimmedAndMarkedByTheButton', async () => {
  const { marked, pane } = await open();
  const words = pane.querySelector('p')!.firstChild!;
  act(() => {
    document.getSelection()!.setBaseAndExtent(words, text.indexOf('London') - 1, words, text.indexOf('.'));
    document.dispatchEvent(new Event('selectionchange'));
  });
  await userEvent.click(screen.getByRole('button', { name: /Place/ }));
  expect(marked()).toEqual(['LOC London']);
});

test('list_JumpAndDelete_ActOnThatSpan', async () => {
  const { marked, answers } = await open({
    answer: [
      { start: 2, end: 5, label: 'PER' },
      { start: 23, end: 29, label: 'LOC' },
    ],
  });
  // Suggested: nothing is an answer before a hand was on it.
  expect(answers()).toEqual({});
  await userEvent.click(screen.getByRole('button', { name: /^Place London/ }));
  expect(document.getSelection()?.toString()).toBe('London');
  await userEvent.click(screen.getByRole('button', { name: /^Delete.*Ada/ }));
  expect(marked()).toEqual(['LOC London']);
  expect(screen.getByText('changed from the suggestion')).toBeTruthy();
});

test('overlapping_Spans_AreDrawnOneInTheOtherWithTheirNames', async () => {
  const { pane } = await open({
    question: { ...spans, overlap: true },
    answer: [
      { start: 2, end: 14, label: 'PER' },
      { start: 6, end: 29, label: 'LOC' },
    ],
  });
  const tags = [...pane.querySelectorAll<HTMLElement>('[data-tag]')].map(({ dataset }) => dataset.tag);
  expect(tags).toEqual(['Person', 'Place']);
  expect(pane.querySelector('[data-hue] [data-hue]')?.textContent).toBe('Lovelace');
  expect([...pane.children].map((line) => line.textContent).join('\n')).toBe(text);
});

test('long_FiveHundredSpans_ChangingOneLeavesTheOtherLinesAlone', async () => {
  const line = 'Ada met Bo in London on a wet day in May.';
  const long = Array.from({ length: 500 }, () => line).join('\n');
  const marks = Array.from({ length: 500 }, (_, n) => ({
    start: n * (line.length + 1),
    end: n * (line.length + 1) + 3,
    label: 'PER',
  }));
  renderQuestions([spans], { item: { text: long, prelabels: { names: { spans: marks } } } });
  const pane = await screen.findByRole('application', { name: 'Text of this item' });
  await screen.findByRole('group', { name: 'Labels' });
  const touched = new Set<Element>();
  const watch = new MutationObserver((records) =>
    records.forEach(({ target }) => {
      const element = target instanceof Element ? target : target.parentElement;
      const paragraph = element?.closest('[data-at]');
      if (paragraph) touched.add(paragraph);
    }),
  );
  watch.observe(pane, { subtree: true, childList: true, characterData: true, attributes: true });
  pane.focus();
  fireEvent.keyDown(pane, { key: 'ArrowDown' });
  fireEvent.keyDown(pane, { key: 'ArrowRight' });
  fireEvent.keyDown(pane, { key: '2' });
  await Promise.resolve();
  watch.takeRecords().forEach(({ target }) => touched.add((target as Element).closest('[data-at]')!));
  expect(screen.getByText('501 spans')).toBeTruthy();
  expect([...touched].filter(Boolean)).toEqual([pane.children[1]]);
});
