import type { DayFigures } from '../../api/pending-figures';
import { DataTable } from '../../ui/data-table';
import { count, counted } from '../../ui/format';
import { ChartFrame } from './chart-frame';
import { Box, Swatch, useMarks } from './marks';
import styles from './figures.module.css';

const DAYS = 42;
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [840, 200, 56, 24];
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
            { title: 'Submitted', value: (row) => row.submitted, show: (row) => count(row.submitted), numeric: true },
            { title: 'Accepted', value: (row) => row.accepted, show: (row) => count(row.accepted), numeric: true },
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
  const step = (WIDTH - LEFT) / days.length;
  const bar = Math.min(14, step * 0.4);
  const tall = (value: number) => (value / most) * (HEIGHT - BOTTOM - 8);
  const every = Math.ceil(days.length / 8);
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(days)}>
      {marks.defs}
      {[0, most / 2, most].map((value) => (
        <g key={value}>
          <line
            x1={LEFT}
            x2={WIDTH}
            y1={HEIGHT - BOTTOM - tall(value)}
            y2={HEIGHT - BOTTOM - tall(value)}
            className={styles.axis}
          />
          <text x={LEFT - 6} y={HEIGHT - BOTTOM - tall(value) + 4} textAnchor="end">
            {count(value)}
          </text>
        </g>
      ))}
      {days.map(({ day: date, submitted, accepted }, index) => {
        const x = LEFT + index * step + step / 2;
        return (
          <g key={date}>
            <title>{`${date}: ${count(submitted)} submitted, ${count(accepted)} accepted`}</title>
            <Box x={x - bar} y={HEIGHT - BOTTOM - tall(submitted)} width={bar} height={tall(submitted)} {...marks.of('hatched')} />
            <Box x={x} y={HEIGHT - BOTTOM - tall(accepted)} width={bar} height={tall(accepted)} {...marks.of('solid')} />
            {index % every === 0 && (
              <text x={x} y={HEIGHT - 8} textAnchor="middle">
                {day.format(new Date(`${date}T00:00:00Z`))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
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
