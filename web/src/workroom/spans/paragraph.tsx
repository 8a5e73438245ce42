import { memo, type CSSProperties, type ReactNode } from 'react';
import type { Option } from '../../api/types';
import { Visible } from '../invisible';
import { segmentsOf, type Drawn, type Paragraph } from './layers';
import styles from './spans.module.css';

export const HUES = 12;

export const hueOf = (labels: readonly Option[], value: string) =>
  Math.max(
    0,
    labels.findIndex((label) => label.value === value),
  ) % HUES;

interface Props {
  paragraph: Paragraph;
  spans: readonly Drawn[];
  labels: readonly Option[];
  /** The span under the hand. */
  active: Drawn | null;
}

/** One line of the text with what is marked in it. Drawn again only when something in it changed. */
export const ParagraphView = memo(
  function ParagraphView({ paragraph, spans, labels, active }: Props) {
    const deepest = spans.reduce((most, { lane }) => Math.max(most, lane), 0);
    return (
      <p
        dir="auto"
        data-at={paragraph.start}
        className={styles.paragraph}
        style={{ '--lanes': deepest } as CSSProperties}
      >
        {segmentsOf(paragraph, spans).map(({ start, end, over }) => (
          <Layers key={start} over={over} start={start} labels={labels} active={active}>
            <Visible text={paragraph.text.slice(start - paragraph.start, end - paragraph.start)} />
          </Layers>
        ))}
        {paragraph.text === '' && <br />}
      </p>
    );
  },
  (before, after) =>
    before.paragraph === after.paragraph &&
    before.labels === after.labels &&
    look(before.spans, before.active) === look(after.spans, after.active),
);

/** All of the spans that shows. */
function look(spans: readonly Drawn[], active: Drawn | null): string {
  return spans
    .map(
      (span) =>
        `${span.start} ${span.end} ${span.lane} ${span.index === active?.index ? '!' : ''}${span.label}`,
    )
    .join('\n');
}

/** One line below the words for each span over them, the name of each where it begins. */
function Layers({
  over,
  start,
  labels,
  active,
  children,
}: {
  over: readonly Drawn[];
  start: number;
  labels: readonly Option[];
  active: Drawn | null;
  children: ReactNode;
}) {
  return over.reduce<ReactNode>(
    (inner, span) => (
      <span
        className={styles.marked}
        data-hue={hueOf(labels, span.label)}
        data-tag={span.start === start ? (nameOf(labels, span.label) ?? span.label) : undefined}
        data-active={span.index === active?.index || undefined}
        style={{ '--lane': span.lane } as CSSProperties}
      >
        {inner}
      </span>
    ),
    children,
  );
}

const nameOf = (labels: readonly Option[], value: string) => labels.find((l) => l.value === value)?.label;
