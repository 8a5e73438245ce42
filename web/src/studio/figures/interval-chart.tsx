import { counted, interval, percent } from '../../ui/format';
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

const [WIDTH, LEFT, RIGHT, ROW, TOP] = [840, 120, 190, 26, 22];

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
  const x = (share: number) => LEFT + share * (WIDTH - LEFT - RIGHT);
  const height = TOP + rows.length * ROW + 4;
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`${what}, with 95 % intervals: ${rows.map(inWords).join('; ')}.`}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line x1={x(share)} x2={x(share)} y1={TOP - 6} y2={height} className={styles.axis} />
          <text x={x(share)} y={12} textAnchor="middle">
            {share * 100} %
          </text>
        </g>
      ))}
      {reference !== undefined && (
        <line x1={x(reference)} x2={x(reference)} y1={TOP - 6} y2={height} className={styles.reference} />
      )}
      {rows.map((row, index) => {
        const y = TOP + index * ROW + ROW / 2;
        return (
          <g key={row.id}>
            <title>{inWords(row)}</title>
            <text x={LEFT - 10} y={y + 4} textAnchor="end">
              {row.label}
            </text>
            <line x1={x(row.low)} x2={x(row.high)} y1={y} y2={y} className={styles.whisker} />
            {[row.low, row.high].map((end, side) => (
              <line key={side} x1={x(end)} x2={x(end)} y1={y - 5} y2={y + 5} className={styles.whisker} />
            ))}
            <circle cx={x(row.value)} cy={y} r="4.5" className={styles.solid} />
            <text x={WIDTH - RIGHT + 14} y={y + 4}>
              {percent(row.value)} of {row.of}
            </text>
          </g>
        );
      })}
    </svg>
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
