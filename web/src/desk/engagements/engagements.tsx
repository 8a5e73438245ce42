import { Text } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { useAt } from '../../vendor/asking';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { EngagementRow } from '../types';
import { EngagementState, stateInWords } from './state';

/** Work for labs: what was agreed, who is on it, and where it stands. */
export default function Engagements() {
  const engagements = useAt<EngagementRow[]>('/api/desk/engagements', 15_000);
  const navigate = useNavigate();
  const columns: Column<EngagementRow>[] = [
    { title: 'Lab', value: (row) => row.lab, filter: true },
    { title: 'State', value: stateInWords, show: (row) => <EngagementState row={row} />, filter: true },
    {
      title: 'People',
      value: (row) => row.placed,
      show: (row) => `${row.placed} of ${row.headcount}`,
      numeric: true,
    },
    {
      title: 'Ends',
      value: (row) => row.endsAt ?? '',
      show: (row) => (row.endsAt ? <Time value={row.endsAt} /> : 'no end is set'),
    },
    { title: 'Begun', value: (row) => row.createdAt, show: (row) => <Time value={row.createdAt} /> },
  ];
  return (
    <Page title="Engagements">
      <ProblemNotice error={engagements.error} retry={() => void engagements.refetch()} />
      {engagements.isPending && <Loading what="Looking which engagements there are" />}
      {engagements.data?.length === 0 && (
        <EmptyState title="No lab has sent terms yet">
          An engagement begins with a lab: its terms come here and wait for your answer. First{' '}
          <Link to="/desk/labs">pair with the lab</Link>.
        </EmptyState>
      )}
      {engagements.data && engagements.data.length > 0 && (
        <>
          <div className="panel">
            <DataTable
              caption="Engagements"
              rows={engagements.data}
              columns={columns}
              id={(row) => row.id}
              open={(row) => void navigate(`/desk/engagements/${row.id}`)}
            />
          </div>
          <Text c="dimmed" mt="xs">
            Nothing on this node can show an item, a guideline or an answer of a lab.
          </Text>
        </>
      )}
    </Page>
  );
}
