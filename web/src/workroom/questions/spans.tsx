import { lazy } from 'react';
import type { ItemContent, Question, Span } from '../../api/types';
import { CodePoints } from '../spans/code-points';
import { MOST_SPANS } from '../spans/edits';
import { spanActs } from '../spans/use-spans';
import { hotkeys } from './choice';
import type { Kind } from './kind';

/** Parts of the item's text, each with a label. Its control is fetched by those who mark texts. */
export const spans: Kind = {
  Control: lazy(() => import('../spans/span-question')),
  empty: 'Mark something before you submit.',
  given: ({ spans }) => (spans ?? []).length > 0,
  fault: ({ spans = [] }) => (spans.length > MOST_SPANS ? `A text has at most ${MOST_SPANS} spans.` : null),
  values: () => [],
  words: ({ spans = [] }, question, item) => {
    if (spans.length === 0) return 'nothing marked';
    const named = spans.slice(0, 5).map((span) => inWords(span, question, item));
    return named.join(', ') + (spans.length > 5 ? ` and ${spans.length - 5} more` : '');
  },
  differences: (before, after, question, item) => {
    const [was, is] = [before.spans ?? [], after.spans ?? []];
    const keyOf = (span: Span) => `${span.start} ${span.end} ${span.label}`;
    const [had, has] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))];
    const list = (spans: Span[], what: string) =>
      spans.length === 0 ? [] : [`${spans.length} ${what}: ${spansWords(spans, question, item)}`];
    return [
      ...list(
        is.filter((span) => !had.has(keyOf(span))),
        'added',
      ),
      ...list(
        was.filter((span) => !has.has(keyOf(span))),
        'taken off',
      ),
    ];
  },
  keys: (question, answer, change, item, marking) => {
    const labels = question.labels ?? [];
    const text = item.text ?? '';
    const keys = hotkeys(labels);
    return Object.fromEntries(
      labels.flatMap(({ value }, index) => {
        const key = keys[index];
        const act = () =>
          spanActs(marking, text, new CodePoints(text), question, answer.spans ?? [], change).label(value);
        return key ? [[key, act]] : [];
      }),
    );
  },
};

const spansWords = (spans: Span[], question: Question, item: ItemContent) =>
  spans
    .slice(0, 20)
    .map((span) => inWords(span, question, item))
    .join(', ') + (spans.length > 20 ? ' …' : '');

function inWords(span: Span, { labels }: Question, { text = '' }: ItemContent): string {
  const points = new CodePoints(text);
  const words = text.slice(points.toUnits(span.start), points.toUnits(span.end));
  return `${labels?.find((l) => l.value === span.label)?.label ?? span.label} “${words}”`;
}
