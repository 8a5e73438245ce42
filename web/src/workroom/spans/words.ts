import type { Paragraph, Range } from './layers';

/** Finds words and whole characters in a text, paragraph by paragraph, each looked through once. */
export class Words {
  private readonly found = new Map<number, Range[]>();

  constructor(readonly paragraphs: readonly Paragraph[]) {}

  /** The nearest word after (or, with `back`, before) a range; null at the end of the text. */
  next({ start, end }: Range, back: boolean): Range | null {
    const step = back ? -1 : 1;
    for (let at = this.paragraphAt(back ? start : end); at >= 0 && at < this.paragraphs.length; at += step) {
      const words = this.wordsOf(at);
      const hit = back
        ? words.findLast((word) => word.end <= start)
        : words.find((word) => word.start >= end);
      if (hit) return hit;
    }
    return null;
  }

  /** The first word of the paragraph after (before) the one in which a place lies. */
  nextParagraph(place: number, back: boolean): Range | null {
    const step = back ? -1 : 1;
    for (let at = this.paragraphAt(place) + step; at >= 0 && at < this.paragraphs.length; at += step) {
      const first = this.wordsOf(at)[0];
      if (first) return first;
    }
    return null;
  }

  /** The first or last word of the paragraph in which a place lies. */
  edge(place: number, last: boolean): Range | null {
    return this.wordsOf(this.paragraphAt(place)).at(last ? -1 : 0) ?? null;
  }

  /** Where the whole character next to a place ends (begins): a step of one, as people see characters. */
  stepCharacter(place: number, back: boolean): number {
    const { start, text } = this.paragraphs[this.paragraphAt(place)]!;
    const inside = place - start;
    if (back && inside === 0) return Math.max(0, place - 1);
    if (!back && inside >= text.length) return Math.min(place + 1, this.length);
    for (const { index, segment } of characters.segment(text)) {
      const end = index + segment.length;
      if (back ? end >= inside : end > inside) return start + (back ? index : end);
    }
    return place;
  }

  /** A range widened so that it cuts no character in two, and without white space at its ends. */
  whole(text: string, range: Range): Range {
    const start = range.start + leadingSpace(text.slice(range.start, range.end));
    const end = range.end - trailingSpace(text.slice(start, range.end));
    return start < end
      ? { start: this.edgeOf(start, true), end: this.edgeOf(end, false) }
      : { start, end: start };
  }

  paragraphAt(place: number): number {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.paragraphs[middle]!.start <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private get length() {
    const last = this.paragraphs.at(-1)!;
    return last.start + last.text.length;
  }

  private edgeOf(place: number, back: boolean): number {
    const { start, text } = this.paragraphs[this.paragraphAt(place)]!;
    const inside = place - start;
    if (inside <= 0 || inside >= text.length) return place;
    const character = characters.segment(text).containing(inside);
    if (!character || character.index === inside) return place;
    return start + character.index + (back ? 0 : character.segment.length);
  }

  private wordsOf(at: number): Range[] {
    const known = this.found.get(at);
    if (known) return known;
    const { start, text } = this.paragraphs[at]!;
    const words: Range[] = [];
    for (const { index, segment, isWordLike } of splitter.segment(text))
      if (isWordLike) words.push({ start: start + index, end: start + index + segment.length });
    this.found.set(at, words);
    return words;
  }
}

const splitter = new Intl.Segmenter(undefined, { granularity: 'word' });
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const leadingSpace = (text: string) => text.length - text.trimStart().length;
const trailingSpace = (text: string) => text.length - text.trimEnd().length;
