import { useMemo } from 'react';
import type { Question, QuestionAnswer, Span } from '../../api/types';
import { CodePoints } from './code-points';
import { added, relabelled, removed, type Edit } from './edits';
import type { Marking } from './marking';

/** What hands can do to the spans of one question. */
export interface SpanActs {
  /** Labels what is selected, or gives the span under the hand another label. */
  label(value: string): void;
  remove(index: number): void;
  takeBack(): void;
}

export function spanActs(
  marking: Marking,
  text: string,
  points: CodePoints,
  question: Question,
  spans: readonly Span[],
  change: (answer: QuestionAnswer) => void,
): SpanActs {
  const nameOf = (value: string) => question.labels?.find((l) => l.value === value)?.label ?? value;
  const wordsOf = (span: Span) => text.slice(points.toUnits(span.start), points.toUnits(span.end));
  const apply = (edit: Edit, done: string) => {
    if ('refused' in edit) return marking.set({ said: edit.refused });
    marking.remember(question.key, spans);
    change({ spans: edit.spans });
    marking.set({ active: edit.at, said: done });
  };
  return {
    label(value) {
      const { range, active } = marking.snapshot();
      const held = active === null ? undefined : spans[active];
      if (held)
        return apply(relabelled(spans, active!, value), `“${wordsOf(held)}” is ${nameOf(value)} now.`);
      if (!range || range.start === range.end) return marking.set({ said: 'Select some text first.' });
      const span = { start: points.toPoints(range.start), end: points.toPoints(range.end), label: value };
      apply(added(question, spans, span), `“${wordsOf(span)}” marked ${nameOf(value)}.`);
    },
    remove(index) {
      const gone = spans[index];
      if (!gone) return;
      marking.remember(question.key, spans);
      change({ spans: removed(spans, index) });
      marking.set({ active: null, said: `${nameOf(gone.label)} taken off “${wordsOf(gone)}”.` });
    },
    takeBack() {
      const before = marking.takeBack(question.key);
      if (!before) return marking.set({ said: 'Nothing to take back.' });
      change({ spans: before });
      marking.set({ active: null, said: 'The last step was taken back.' });
    },
  };
}

export const useCodePoints = (text: string) => useMemo(() => new CodePoints(text), [text]);
