import { Stack, Title } from '@mantine/core';
import type { PersonProgress, SlotCounts } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { useProgress } from '../project/queries';

const states: [keyof SlotCounts, string][] = [
  ['open', 'Open'],
  ['leased', 'In hand'],
  ['submitted', 'Submitted, to review'],
  ['returned', 'Returned'],
  ['accepted', 'Accepted'],
];

const number = (title: string, value: (person: PersonProgress) => number): Column<PersonProgress> => ({
  title,
  value,
  show: (person) => count(value(person)),
  numeric: true,
});

const columns: Column<PersonProgress>[] = [
  { title: 'Name', value: (person) => person.name ?? 'unknown' },
  number('In hand', (person) => person.leased),
  number('To review', (person) => person.submitted),
  number('Accepted', (person) => person.accepted),
  number('Returned', (person) => person.returned),
];

/** How far the work is: tasks by state, then by person. */
export default function ProgressTab({ lab, project }: { lab: string; project: string }) {
  const progress = useProgress(lab, project);
  if (progress.error) return <ProblemNotice error={progress.error} retry={() => void progress.refetch()} />;
  if (!progress.data) return <Loading what="Counting" />;
  const { slots, people } = progress.data;
  const total = states.reduce((sum, [state]) => sum + slots[state], 0);
  if (total === 0)
    return <EmptyState title="No tasks yet">Import items, then open a batch: it makes the tasks.</EmptyState>;
  return (
    <Stack gap="lg">
      <section className="panel" aria-labelledby="by-state">
        <Title order={2} id="by-state" mb="xs">
          Tasks by state
        </Title>
        <DataTable
          caption="Tasks by state"
          rows={states}
          id={([state]) => state}
          columns={[
            { title: 'State', value: ([, name]) => name },
            {
              title: 'Tasks',
              value: ([state]) => slots[state],
              show: ([state]) => count(slots[state]),
              numeric: true,
            },
            {
              title: 'Share',
              value: ([state]) => slots[state] / total,
              show: ([state]) => (
                <>
                  {((slots[state] / total) * 100).toFixed(1)} %{' '}
                  <progress value={slots[state]} max={total} aria-hidden="true" />
                </>
              ),
              numeric: true,
            },
          ]}
        />
      </section>
      <section className="panel" aria-labelledby="by-person">
        <Title order={2} id="by-person" mb="xs">
          By person
        </Title>
        <DataTable caption="By person" rows={people} columns={columns} id={(person) => person.pseudonym} />
      </section>
    </Stack>
  );
}
