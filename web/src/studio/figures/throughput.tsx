import type { DayFigures } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import { count, counted } from '../../ui/format';
import { ChartFrame } from './chart-frame';
import { Box, Swatch, useMarks } from './marks';
import styles from './figures.module.css';

const DAYS = 42;
/** Of the bars, in pixels. */
const HEIGHT = 180;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Answers submitted and accepted per day. */
export function Throughput({ days }: { days: DayFigures[] }) {
  if (days.length === 0) return null;
  return (
    <ChartFrame
      title="Throughput"
      table={
        <DataTable
          caption="Throughput by day"
          rows={days}
          id={(row) => row.day}
          order={{ column: 0, down: true }}
          columns={[
            { title: 'Day (UTC)', value: (row) => row.day },
            {
              title: 'Submitted',
              value: (row) => row.submitted,
              show: (row) => count(row.submitted),
              numeric: true,
            },
            {
              title: 'Accepted',
              value: (row) => row.accepted,
              show: (row) => count(row.accepted),
              numeric: true,
            },
          ]}
        />
      }
    >
      <Bars days={lastDays(days)} />
      <ul className={styles.legend}>
        <li>
          <Swatch mark="hatched" /> submitted
        </li>
        <li>
          <Swatch mark="solid" /> accepted
        </li>
        <li>days in UTC{days.length > DAYS ? `, the last ${DAYS}; the table has all` : ''}</li>
      </ul>
    </ChartFrame>
  );
}

function Bars({ days }: { days: DayFigures[] }) {
  const marks = useMarks();
  const most = niceTop(Math.max(1, ...days.flatMap(({ submitted, accepted }) => [submitted, accepted])));
  const step = 100 / days.length;
  const bar = Math.min(2, step * 0.4);
  const tall = (value: number) => (value / most) * HEIGHT;
  // The first day, the one in the middle, the last.
  const dates = [...new Set([0, (days.length - 1) >> 1, days.length - 1])].map((index) => days[index]!.day);
  return (
    <div className={styles.days} role="img" aria-label={inWords(days)}>
      <span className={styles.heights}>
        <span>{count(most)}</span>
        <span>{count(most / 2)}</span>
        <span>0</span>
      </span>
      <svg width="100%" height={HEIGHT}>
        {marks.defs}
        {[0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => (
          <line key={y} x1="0" x2="100%" y1={y} y2={y} className={styles.axis} />
        ))}
        {days.map(({ day: date, submitted, accepted }, index) => {
          const middle = (index + 0.5) * step;
          return (
            <g key={date}>
              <title>{`${date}: ${count(submitted)} submitted, ${count(accepted)} accepted`}</title>
              <Box
                x={`${middle - bar}%`}
                y={HEIGHT - tall(submitted)}
                width={`${bar}%`}
                height={tall(submitted)}
                {...marks.of('hatched')}
              />
              <Box
                x={`${middle}%`}
                y={HEIGHT - tall(accepted)}
                width={`${bar}%`}
                height={tall(accepted)}
                {...marks.of('solid')}
              />
            </g>
          );
        })}
      </svg>
      <span />
      <span className={styles.scale}>
        {dates.map((date) => (
          <span key={date}>{day.format(new Date(`${date}T00:00:00Z`))}</span>
        ))}
      </span>
    </div>
  );
}

/** What the bars say, for whoever does not see them. */
function inWords(days: DayFigures[]): string {
  const sum = (value: (row: DayFigures) => number) => days.reduce((total, row) => total + value(row), 0);
  const best = days.reduce((a, b) => (b.accepted > a.accepted ? b : a));
  return `Answers per day over ${counted(days.length, 'day')}: ${count(sum((d) => d.submitted))} submitted, ${count(sum((d) => d.accepted))} accepted, most on ${best.day} with ${count(best.accepted)}.`;
}

/** The newest days without gaps: a day on which nothing happened is a day with nothing. */
export function lastDays(days: DayFigures[], most = DAYS): DayFigures[] {
  const known = new Map(days.map((row) => [row.day, row]));
  const stamps = days.map((row) => Date.parse(`${row.day}T00:00:00Z`));
  const [first, last] = [Math.min(...stamps), Math.max(...stamps)];
  const filled: DayFigures[] = [];
  for (let at = Math.max(first, last - (most - 1) * 86_400_000); at <= last; at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    filled.push(known.get(date) ?? { day: date, submitted: 0, accepted: 0 });
  }
  return filled;
}

/** The next number of the form 1, 2 or 5 times a power of ten, 2 at least, so that its half is whole. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const top = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= value) ?? value;
  return Math.max(2, top === 5 ? 6 : top);
}
