import { Stack } from '@mantine/core';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { DataTable } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { BatchTable } from './batch-table';
import { Bias } from './bias';
import { ChartFrame } from './chart-frame';
import { PeopleFigures } from './people-figures';
import { useFigures } from './queries';
import { SlotBar, slotStates } from './slot-bar';
import { StateLine } from './state-line';
import { StuckNotice } from './stuck';
import { Throughput } from './throughput';

/** How the work stands, how fast, how good and at what cost. All of it by pseudonym. */
export default function FiguresTab({ lab, project }: { lab: string; project: string }) {
  const staff = isStaff(useHere().membership);
  const figures = useFigures(lab, project);
  if (!figures.data)
    return figures.error ? (
      <ProblemNotice error={figures.error} retry={() => void figures.refetch()} />
    ) : (
      <Loading what="Counting" />
    );
  const { progress, batches, people, throughput, stuck } = figures.data;
  if (batches.length === 0)
    return <EmptyState title="No tasks yet">Import items, then open a batch: it makes the tasks.</EmptyState>;
  return (
    <Stack gap="md">
      <StateLine figures={figures.data} />
      <StuckNotice stuck={stuck} names={new Map()} />
      <ChartFrame
        title="Answers by state"
        table={
          <DataTable
            caption="Answers by state"
            rows={[
              ...slotStates.map(([state, word]) => [word, progress[state]] as const),
              cancelled(progress),
            ]}
            id={([word]) => word}
            columns={[
              { title: 'State', value: ([word]) => word },
              { title: 'Answers', value: ([, n]) => n, show: ([, n]) => count(n), numeric: true },
            ]}
          />
        }
      >
        <SlotBar slots={progress} />
      </ChartFrame>
      <Throughput days={throughput} />
      <BatchTable lab={lab} project={project} batches={batches} />
      <PeopleFigures people={people} />
      {staff && <Bias lab={lab} project={project} />}
    </Stack>
  );
}

const cancelled = ({ cancelled }: { cancelled: number }) => ['cancelled', cancelled] as const;
