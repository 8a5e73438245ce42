import { TextInput } from '@mantine/core';
import { memo, useState } from 'react';
import type { Option, Span } from '../../api/types';
import { counted } from '../../ui/format';
import { Visible } from '../invisible';
import { hotkeys } from '../questions/choice';
import { Frame } from '../questions/frame';
import type { ControlProps } from '../questions/kind';
import { useMarking } from './marking';
import { hueOf } from './paragraph';
import styles from './spans.module.css';
import { spanActs, useCodePoints } from './use-spans';

/** More labels than this can be searched. */
const SEARCHED_FROM = 12;
/** The list of longer answers is drawn on demand: it is the text that one works in. */
const LIST_OPEN_UP_TO = 30;

const none: readonly Span[] = [];

/** The labels to mark with, and the list of what is marked. The text itself stands with the item. */
export default function SpanQuestion(props: ControlProps) {
  const { question, answer, change, item } = props;
  const { marking, state } = useMarking();
  const text = item.text ?? '';
  const points = useCodePoints(text);
  const spans = answer.spans ?? none;
  const acts = spanActs(marking, text, points, question, spans, change ?? (() => undefined));
  const [open, setOpen] = useState(spans.length <= LIST_OPEN_UP_TO);
  const labels = question.labels ?? [];
  const held = state.active === null ? undefined : spans[state.active];
  const wordsOf = (span: Span) => text.slice(points.toUnits(span.start), points.toUnits(span.end));
  const jump = (index: number) => {
    const span = spans[index]!;
    const range = { start: points.toUnits(span.start), end: points.toUnits(span.end) };
    marking.set({ question: question.key, active: index, range, said: '', show: state.show + 1 });
  };
  return (
    <Frame
      {...props}
      aside={
        change && (
          <span className={styles.hint}>
            {held ? (
              <>
                relabel “<Visible text={short(wordsOf(held))} />
                ”, or <kbd>Del</kbd>
              </>
            ) : state.range ? (
              <>
                “<Visible text={short(text.slice(state.range.start, state.range.end))} />” is …
              </>
            ) : (
              'select text, then a label'
            )}
          </span>
        )
      }
    >
      <div onFocus={() => marking.set({ question: question.key })}>
        {change && <Palette labels={labels} chosen={held?.label} choose={acts.label} />}
        {change && marking.canTakeBack(question.key) && (
          <button type="button" className={styles.small} onClick={acts.takeBack}>
            Take back the last step <kbd aria-hidden="true">Ctrl+Z</kbd>
          </button>
        )}
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{counted(spans.length, 'span')}</summary>
          {open && (
            <ul className={styles.list}>
              {spans.map((span, index) => (
                <Row
                  key={`${span.start} ${span.end} ${span.label}`}
                  words={short(wordsOf(span))}
                  label={labels.find((l) => l.value === span.label)?.label ?? span.label}
                  hue={hueOf(labels, span.label)}
                  active={index === state.active}
                  jump={() => jump(index)}
                  remove={change && (() => acts.remove(index))}
                />
              ))}
            </ul>
          )}
        </details>
      </div>
    </Frame>
  );
}

function Palette({
  labels,
  chosen,
  choose,
}: {
  labels: readonly Option[];
  chosen?: string;
  choose: (value: string) => void;
}) {
  const [search, setSearch] = useState('');
  const keys = hotkeys(labels);
  const wanted = search.trim().toLowerCase();
  const found = labels
    .map((label, index) => ({ ...label, hotkey: keys[index] }))
    .filter(({ label, value }) => !wanted || `${label} ${value}`.toLowerCase().includes(wanted));
  const done = (value: string) => {
    choose(value);
    document.querySelector<HTMLElement>('[data-span-text]')?.focus({ preventScroll: true });
  };
  return (
    <>
      {labels.length > SEARCHED_FROM && (
        <TextInput
          label={`Search ${labels.length} labels`}
          placeholder="Enter takes the first"
          data-search
          maw={280}
          mb={4}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing)
              return;
            event.preventDefault();
            if (found[0]) done(found[0].value);
            setSearch('');
          }}
        />
      )}
      <div className={styles.palette} role="group" aria-label="Labels">
        {found.map(({ value, label, hotkey }) => (
          <button
            key={value}
            type="button"
            data-label
            data-hue={hueOf(labels, value)}
            className={styles.label}
            aria-pressed={value === chosen}
            // The selection in the text must outlive the press.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => done(value)}
          >
            <span dir="auto">
              <Visible text={label} />
            </span>
            {hotkey && <kbd aria-hidden="true">{hotkey}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}

const Row = memo(function Row({
  words,
  label,
  hue,
  active,
  jump,
  remove,
}: {
  words: string;
  label: string;
  hue: number;
  active: boolean;
  jump: () => void;
  remove?: () => void;
}) {
  return (
    <li data-active={active || undefined}>
      <button type="button" className={styles.jump} aria-current={active || undefined} onClick={jump}>
        <span className={styles.name} data-hue={hue}>
          <Visible text={label} />
        </span>{' '}
        <bdi>
          <Visible text={words} />
        </bdi>
      </button>
      {remove && (
        <button type="button" className={styles.small} onClick={remove}>
          Delete
          <span className="visually-hidden">
            : {label}, {words}
          </span>
        </button>
      )}
    </li>
  );
});

const short = (words: string) => (words.length > 80 ? `${words.slice(0, 79)}…` : words);
