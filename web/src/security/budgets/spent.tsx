import { Title } from '@mantine/core';
import type { Budget } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { useNames } from '../names';
import { PartBar } from './part-bar';
import { useBudgets } from './queries';

export const budgetKinds: Record<Budget['kind'], string> = {
  person: 'Person',
  engagement: 'Engagement',
  process: 'Server process',
  host: 'Host',
};

/** What was shown for the first time in this clock hour, against what may be. */
export function Spent({ lab }: { lab: string }) {
  const budgets = useBudgets(lab);
  const names = useNames(lab);
  const columns: Column<Budget>[] = [
    {
      title: 'Who or what',
      value: (b) => b.name ?? names.engagement.get(b.subject) ?? `…${b.subject.slice(-8)}`,
    },
    { title: 'Kind', value: (b) => budgetKinds[b.kind], filter: true },
    { title: 'This hour', value: (b) => b.hour, show: (b) => count(b.hour), numeric: true },
    { title: 'Limit per hour', value: (b) => b.hourLimit, show: (b) => count(b.hourLimit), numeric: true },
    {
      title: "Of the hour's limit",
      value: (b) => b.hour / Math.max(b.hourLimit, 1),
      show: (b) => <Part spent={b.hour} limit={b.hourLimit} />,
    },
    { title: 'Ever', value: (b) => b.total, show: (b) => count(b.total), numeric: true },
    {
      title: 'Limit ever',
      value: (b) => b.totalLimit ?? Infinity,
      show: (b) => (b.totalLimit === null ? 'not bounded' : count(b.totalLimit)),
      numeric: true,
    },
  ];
  return (
    <section aria-labelledby="spent">
      <Title order={2} id="spent" mb="xs">
        Spent, in weight of first reads
      </Title>
      <ProblemNotice error={budgets.error} retry={() => void budgets.refetch()} />
      {budgets.isPending && <Loading what="Counting what is spent" />}
      {budgets.data?.length === 0 && (
        <EmptyState title="Nothing was shown yet">
          As soon as somebody opens anything, it is counted here against the limits below.
        </EmptyState>
      )}
      {budgets.data && budgets.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Budgets"
            rows={budgets.data}
            columns={columns}
            id={(b) => `${b.kind} ${b.subject}`}
          />
        </div>
      )}
    </section>
  );
}

function Part({ spent, limit }: { spent: number; limit: number }) {
  const part = limit === 0 ? 1 : Math.min(spent / limit, 1);
  return spent >= limit ? <State tone="stopped">Used up</State> : <PartBar part={part} />;
}
