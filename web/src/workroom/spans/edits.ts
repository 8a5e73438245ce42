import type { Question, Span } from '../../api/types';

export const MOST_SPANS = 5_000;

export const inOrder = (x: Span, y: Span) =>
  x.start - y.start || x.end - y.end || (x.label < y.label ? -1 : x.label > y.label ? 1 : 0);

const same = (x: Span, y: Span) => x.start === y.start && x.end === y.end && x.label === y.label;

/** What an edit made of the spans, or why it was not made. */
export type Edit = { spans: Span[]; at: number } | { refused: string };

/** Adds a span in its place. */
export function added(question: Question, spans: readonly Span[], span: Span): Edit {
  if (spans.length >= MOST_SPANS) return { refused: `A text has at most ${MOST_SPANS} spans.` };
  const known = spans.findIndex((other) => same(other, span));
  if (known >= 0) return { spans: [...spans], at: known };
  if (!question.overlap && spans.some((other) => other.start < span.end && span.start < other.end))
    return { refused: 'Spans may not overlap here: delete or relabel the one that is there.' };
  const next = [...spans, span].sort(inOrder);
  return { spans: next, at: next.indexOf(span) };
}

/** Gives a span another label. */
export function relabelled(spans: readonly Span[], index: number, label: string): Edit {
  const span = { ...spans[index]!, label };
  const others = spans.filter((other, i) => i !== index && !same(other, span));
  const next = [...others, span].sort(inOrder);
  return { spans: next, at: next.indexOf(span) };
}

export const removed = (spans: readonly Span[], index: number): Span[] => spans.filter((_, i) => i !== index);
