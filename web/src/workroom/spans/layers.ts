import type { Span } from '../../api/types';
import type { CodePoints } from './code-points';

/** A stretch of the text, in UTF-16 units, end exclusive. */
export interface Range {
  start: number;
  end: number;
}

/** A span as drawn: its lane is the line below the text that it has for itself. */
export interface Drawn extends Range {
  /** Its place in the answer. */
  index: number;
  label: string;
  lane: number;
}

export interface Paragraph {
  start: number;
  text: string;
}

/** A stretch of one paragraph over which the same spans lie. */
export interface Segment extends Range {
  over: Drawn[];
}

/** The text by lines; the line ends belong to none. */
export function paragraphsOf(text: string): Paragraph[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const paragraph = { start, text: line };
    start += line.length + 1;
    return paragraph;
  });
}

/** Gives every span the lowest lane that is free where it begins; longer ones get the lane further out. */
export function drawn(spans: readonly Span[], points: CodePoints): Drawn[] {
  const all = spans.map(({ start, end, label }, index) => ({
    index,
    label,
    start: points.toUnits(start),
    end: points.toUnits(end),
    lane: 0,
  }));
  // Innermost first in its place: of those that begin together, the shortest lies next to the text.
  const order = [...all].sort((x, y) => x.start - y.start || x.end - y.end);
  const free: number[] = [];
  for (const span of order) {
    let lane = free.findIndex((until) => until <= span.start);
    if (lane < 0) lane = free.length;
    free[lane] = span.end;
    span.lane = lane;
  }
  return all;
}

/** Deals spans out to the paragraphs that they touch. Both must rise by start. */
export function byParagraph(paragraphs: readonly Paragraph[], spans: readonly Drawn[]): Drawn[][] {
  const dealt: Drawn[][] = paragraphs.map(() => []);
  const starts = [...spans].sort((x, y) => x.start - y.start);
  let first = 0;
  for (const span of starts) {
    while (first + 1 < paragraphs.length && paragraphs[first + 1]!.start <= span.start) first++;
    for (let at = first; at < paragraphs.length && paragraphs[at]!.start < span.end; at++)
      dealt[at]!.push(span);
  }
  return dealt;
}

/** Cuts a paragraph wherever a span begins or ends. Offsets are the whole text's. */
export function segmentsOf(paragraph: Paragraph, spans: readonly Drawn[]): Segment[] {
  const from = paragraph.start;
  const to = from + paragraph.text.length;
  const cuts = new Set([from, to]);
  for (const { start, end } of spans) {
    if (start > from && start < to) cuts.add(start);
    if (end > from && end < to) cuts.add(end);
  }
  const sorted = [...cuts].sort((x, y) => x - y);
  const segments: Segment[] = [];
  // Spans enter and leave as the cuts pass by: the whole takes time by what lies over each piece, not by all.
  const coming = [...spans].sort((x, y) => x.start - y.start);
  let next = 0;
  let open: Drawn[] = [];
  for (let index = 0; index + 1 < sorted.length; index++) {
    const start = sorted[index]!;
    open = open.filter((span) => span.end > start);
    for (; next < coming.length && coming[next]!.start <= start; next++)
      if (coming[next]!.end > start) open.push(coming[next]!);
    segments.push({ start, end: sorted[index + 1]!, over: [...open].sort((x, y) => x.lane - y.lane) });
  }
  return segments;
}
