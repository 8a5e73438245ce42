import { Stack } from '@mantine/core';
import type { PersonFigures } from '../../api/types';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count, duration } from '../../ui/format';
import { ChartFrame } from './chart-frame';
import { IntervalChart, Share, shortId, type IntervalRow } from './interval-chart';

const columns: Column<PersonFigures>[] = [
  { title: 'Person', value: (p) => p.pseudonym, show: (p) => <Id value={p.pseudonym} label="pseudonym" /> },
  amount('Submitted', (p) => p.submitted),
  amount('Accepted', (p) => p.accepted),
  amount('Returned', (p) => p.returned),
  {
    title: 'Right on known answers',
    value: (p) => (p.gold ? p.gold.right / p.gold.of : -1),
    show: (p) => (p.gold ? <Share {...p.gold} value={p.gold.right / p.gold.of} /> : 'not measured'),
    numeric: true,
  },
  {
    title: 'Accepted at review',
    value: (p) => (p.review ? p.review.accepted / p.review.of : -1),
    show: (p) =>
      p.review ? <Share {...p.review} value={p.review.accepted / p.review.of} /> : 'not reviewed',
    numeric: true,
  },
  {
    title: 'Time of a task',
    value: (p) => p.seconds?.median ?? -1,
    show: (p) => (p.seconds ? `${duration(p.seconds.median)} min` : '–'),
    numeric: true,
  },
];

function amount(title: string, value: (person: PersonFigures) => number): Column<PersonFigures> {
  return { title, value, show: (person) => count(value(person)), numeric: true };
}

/** People by pseudonym: how much, how good, and how sure that is. */
export function PeopleFigures({ people }: { people: PersonFigures[] }) {
  if (people.length === 0)
    return (
      <EmptyState title="Nobody has worked here yet">
        Figures by person appear with the first answer.
      </EmptyState>
    );
  const table = (
    <DataTable
      caption="Figures by person"
      rows={people}
      columns={columns}
      id={(person) => person.pseudonym}
      order={{ column: 1, down: true }}
    />
  );
  const gold = people.flatMap(({ pseudonym, gold }) =>
    gold ? [rowOf(pseudonym, gold.right / gold.of, gold)] : [],
  );
  const review = people.flatMap(({ pseudonym, review }) =>
    review ? [rowOf(pseudonym, review.accepted / review.of, review)] : [],
  );
  return (
    <Stack gap="md">
      {gold.length > 0 && (
        <ChartFrame title="Right on known answers, by person" table={table}>
          <IntervalChart rows={worstFirst(gold)} what="Right on known answers" />
        </ChartFrame>
      )}
      {review.length > 0 && (
        <ChartFrame title="Accepted at review, by person" table={table}>
          <IntervalChart rows={worstFirst(review)} what="Accepted at review" />
        </ChartFrame>
      )}
      <section className="panel" aria-label="Figures by person">
        {table}
      </section>
    </Stack>
  );
}

const rowOf = (
  id: string,
  value: number,
  { low, high, of }: { low: number; high: number; of: number },
): IntervalRow => ({ id, label: shortId(id), value, low, high, of });

/** At most as many as can be told apart; the table has all. */
const worstFirst = (rows: IntervalRow[]) => rows.sort((a, b) => a.high - b.high).slice(0, 30);
