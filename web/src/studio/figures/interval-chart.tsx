import { Fragment } from 'react';
import { count, counted, interval, percent } from '../../ui/format';
import styles from './figures.module.css';

export interface IntervalRow {
  id: string;
  label: string;
  value: number;
  low: number;
  high: number;
  /** What it was counted on. */
  of: number;
}

const [ROW, MIDDLE] = [26, 13];
const at = (share: number) => `${share * 100}%`;

/** Shares with their 95 % intervals below each other: a dot for what was seen, a line for what it may truly be. */
export function IntervalChart({
  rows,
  what,
  reference,
}: {
  rows: IntervalRow[];
  /** What the shares are of, for whoever does not see the chart. */
  what: string;
  /** A share to compare with, as one half where sides are dealt by chance. */
  reference?: number;
}) {
  // Words stand beside the drawing, not in it: they keep their size on a narrow screen.
  return (
    <div
      className={styles.intervals}
      role="img"
      aria-label={`${what}, with 95 % intervals: ${rows.map(inWords).join('; ')}.`}
    >
      <span />
      <span className={styles.scale}>
        <span>0 %</span>
        <span>50 %</span>
        <span>100 %</span>
      </span>
      <span />
      {rows.map((row) => (
        <Fragment key={row.id}>
          <span>{row.label}</span>
          <svg width="100%" height={ROW}>
            <title>{inWords(row)}</title>
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <line key={share} x1={at(share)} x2={at(share)} y1="0" y2={ROW} className={styles.axis} />
            ))}
            {reference !== undefined && (
              <line x1={at(reference)} x2={at(reference)} y1="0" y2={ROW} className={styles.reference} />
            )}
            <line x1={at(row.low)} x2={at(row.high)} y1={MIDDLE} y2={MIDDLE} className={styles.whisker} />
            {[row.low, row.high].map((end, side) => (
              <line
                key={side}
                x1={at(end)}
                x2={at(end)}
                y1={MIDDLE - 5}
                y2={MIDDLE + 5}
                className={styles.whisker}
              />
            ))}
            <circle cx={at(row.value)} cy={MIDDLE} r="4.5" className={styles.solid} />
          </svg>
          <span>
            {percent(row.value)} of {count(row.of)}
          </span>
        </Fragment>
      ))}
    </div>
  );
}

const inWords = ({ label, value, low, high, of }: IntervalRow) =>
  `${label} ${percent(value)}, ${interval(low, high)}, on ${counted(of, 'answer')}`;

/** A share in a cell of a table: the number, its interval, and what it was counted on. */
export function Share({ value, low, high, of }: Omit<IntervalRow, 'id' | 'label'>) {
  return (
    <>
      {percent(value)}{' '}
      <span className="whole">
        ({interval(low, high)}; {counted(of, 'answer')})
      </span>
    </>
  );
}

/** The end of a pseudonym, as elsewhere on the pages. */
export const shortId = (id: string) => (id.length > 12 ? `…${id.slice(-8)}` : id);
