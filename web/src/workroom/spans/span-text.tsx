import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { Question, QuestionAnswer, Span } from '../../api/types';
import { byParagraph, drawn, paragraphsOf, type Drawn, type Range } from './layers';
import { useMarking } from './marking';
import { ParagraphView } from './paragraph';
import { bringIntoView, offsetOf, select, selectedIn } from './selection';
import styles from './spans.module.css';
import { spanActs, useCodePoints } from './use-spans';
import { Words } from './words';

const none: readonly Span[] = [];

/** How far a step goes: to the next word, character, paragraph, or to an end of the paragraph. */
type Step = 'word' | 'character' | 'paragraph' | 'edge';

/**
 * A text of which parts are marked: by mouse and touch through the browser's own selection, by keyboard word by word.
 * Arrows choose a word, with Shift they extend over words, with Shift and Alt by single characters; labels have keys.
 */
export default function SpanText({
  text,
  question,
  answer,
  change,
  focus,
}: {
  text: string;
  question: Question;
  answer: QuestionAnswer;
  change?: (answer: QuestionAnswer) => void;
  focus?: RefObject<HTMLElement | null>;
}) {
  const hint = useId();
  const root = useRef<HTMLDivElement>(null);
  const { marking, state } = useMarking();
  const points = useCodePoints(text);
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  const words = useMemo(() => new Words(paragraphs), [paragraphs]);
  const spans = answer.spans ?? none;
  const all = useMemo(() => drawn(spans, points), [spans, points]);
  const dealt = useMemo(() => byParagraph(paragraphs, all), [paragraphs, all]);
  const active = state.active === null ? null : (all[state.active] ?? null);
  const acts = change && spanActs(marking, text, points, question, spans, change);
  const labels = question.labels ?? [];
  /** Where extending began, and the piece that moves. */
  const hold = useRef<{ pivot: Range; head: Range } | null>(null);

  const take = (head: Range, pivot: Range, how: { say: boolean }) => {
    hold.current = { pivot, head };
    const range = { start: Math.min(pivot.start, head.start), end: Math.max(pivot.end, head.end) };
    const said = how.say ? sayRange(text, range, all, question) : '';
    marking.set({ range, active: null, said, show: marking.snapshot().show + (how.say ? 1 : 0) });
  };

  const step = (by: Step, back: boolean, extend: boolean) => {
    const held = hold.current;
    const from = held?.head ?? { start: 0, end: 0 };
    if (by === 'character') {
      const moved = held && characterStep(words, held.pivot, from, back);
      return moved && take(moved.head, moved.pivot, { say: true });
    }
    const next = {
      word: () => words.next(from, back),
      paragraph: () => words.nextParagraph(from.start, back),
      edge: () => words.edge(from.start, !back),
    }[by]();
    if (next) take(next, extend && held ? held.pivot : next, { say: true });
  };

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey, altKey } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z') acts?.takeBack();
    else if (event.ctrlKey || event.metaKey) return;
    else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      // The text's own direction: in a line from right to left, the arrow to the left goes on.
      const back = (key === 'ArrowLeft') !== runsLeft(root.current, hold.current?.head.start ?? 0);
      step(shiftKey && altKey ? 'character' : 'word', back, shiftKey);
    } else if (key === 'ArrowUp' || key === 'ArrowDown') step('paragraph', key === 'ArrowUp', shiftKey);
    else if (key === 'Home' || key === 'End') step('edge', key === 'Home', shiftKey);
    else if ((key === 'Delete' || key === 'Backspace') && acts)
      acts.remove(state.active ?? spanAt(all, state.range));
    else if (key === 'Enter' && change) focusPalette(question.key);
    else if (key === 'Escape') marking.set({ active: null, range: null, said: '' });
    else return;
    event.preventDefault();
  };

  // Mouse and touch: what the browser selected, widened to whole characters.
  useEffect(() => {
    const look = () => {
      const found = root.current && selectedIn(root.current);
      if (!found || found.start === found.end) return;
      const known = marking.snapshot().range;
      const range = words.whole(text, found);
      if (range.start === range.end || (known?.start === range.start && known.end === range.end)) return;
      hold.current = { pivot: range, head: range };
      marking.set({ range, active: null, said: '' });
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [marking, words, text]);

  const click = (event: React.MouseEvent) => {
    const selection = document.getSelection();
    if (!root.current || !selection?.isCollapsed || !selection.anchorNode) return;
    const at = offsetOf(root.current, selection.anchorNode, selection.anchorOffset);
    if (at === null || event.shiftKey) return;
    const hit = innermost(all, at);
    if (hit) {
      hold.current = { pivot: hit, head: hit };
      return marking.set({ active: hit.index, range: { start: hit.start, end: hit.end }, said: '' });
    }
    // A tap takes the word: on a screen without a keyboard, the quickest way to mark one.
    const word = words.next({ start: at, end: at }, true);
    const over = word && word.end > at ? word : wordOver(words, at);
    if (over) take(over, over, { say: false });
    else marking.set({ active: null, range: null });
  };

  // The first text comes after the rest of its task, so it takes the focus itself where nothing else has it yet.
  useEffect(() => {
    if (focus && document.activeElement === document.body) root.current?.focus({ preventScroll: true });
  }, [focus]);

  // What is selected is shown by the browser, also after the words under it were drawn anew.
  const { range, show } = state;
  useLayoutEffect(() => {
    const text = root.current;
    if (!text || !range) return;
    const shown = selectedIn(text);
    if (shown?.start === range.start && shown.end === range.end && show === 0) return;
    const at = select(text, range);
    const pane = text.closest<HTMLElement>('[data-pane]') ?? text;
    if (at && show > 0 && 'getBoundingClientRect' in at) bringIntoView(pane, at);
  }, [range, show, all]);

  return (
    <>
      <div
        ref={(element) => {
          root.current = element;
          if (focus) focus.current = element;
        }}
        // Arrow keys mean words here, not the reading cursor of a screen reader.
        role="application"
        aria-roledescription="text to mark"
        aria-label="Text of this item"
        aria-describedby={hint}
        tabIndex={0}
        data-span-text
        className={styles.text}
        onKeyDown={press}
        onClick={click}
      >
        {paragraphs.map((paragraph, index) => (
          <ParagraphView
            key={paragraph.start}
            paragraph={paragraph}
            spans={dealt[index]!}
            labels={labels}
            active={active && dealt[index]!.includes(active) ? active : null}
          />
        ))}
      </div>
      <p id={hint} className="visually-hidden">
        Arrow keys choose a word, with Shift several, with Shift and Alt single characters.{' '}
        {change && 'A label key marks them; Enter leads to the labels; Delete removes a mark.'}
      </p>
      <p className="visually-hidden" role="status">
        {state.said}
      </p>
    </>
  );
}

/** The end that moves, moved by one character; from then on only that end moves. Null where nothing would be left. */
function characterStep(words: Words, pivot: Range, head: Range, back: boolean) {
  const start = Math.min(pivot.start, head.start);
  const end = Math.max(pivot.end, head.end);
  const forwards = head.start >= pivot.start && head.end >= pivot.end;
  const [fixed, moved] = forwards
    ? [start, words.stepCharacter(end, back)]
    : [end, words.stepCharacter(start, back)];
  if (forwards ? moved <= fixed : moved >= fixed) return null;
  return { pivot: { start: fixed, end: fixed }, head: { start: moved, end: moved } };
}

function innermost(all: readonly Drawn[], at: number): Drawn | undefined {
  return all
    .filter(({ start, end }) => start <= at && at < end)
    .sort((x, y) => x.end - x.start - (y.end - y.start))[0];
}

function spanAt(all: readonly Drawn[], range: Range | null): number {
  return (range && all.find(({ start, end }) => start === range.start && end === range.end)?.index) ?? -1;
}

function wordOver(words: Words, at: number): Range | null {
  const word = words.next({ start: at, end: at + 1 }, true) ?? null;
  const after = words.next({ start: word?.end ?? 0, end: word?.end ?? 0 }, false);
  return after && after.start <= at && at < after.end ? after : null;
}

function sayRange(text: string, range: Range, all: readonly Drawn[], question: Question): string {
  const over = all
    .filter(({ start, end }) => start < range.end && range.start < end)
    .map(({ label }) => question.labels?.find((l) => l.value === label)?.label ?? label);
  const words = text.slice(range.start, Math.min(range.end, range.start + 200));
  return over.length > 0 ? `${words}, marked ${[...new Set(over)].join(', ')}` : words;
}

function runsLeft(root: HTMLElement | null, at: number): boolean {
  if (!root) return false;
  const paragraph = [...root.children].findLast((child) => Number((child as HTMLElement).dataset.at) <= at);
  return paragraph ? getComputedStyle(paragraph).direction === 'rtl' : false;
}

function focusPalette(key: string) {
  document.querySelector<HTMLElement>(`[data-question="${key}"] :is([data-search], [data-label])`)?.focus();
}
