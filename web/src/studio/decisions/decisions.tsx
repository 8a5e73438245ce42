import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Appeal, EscalatedRow } from '../../api/types';
import { useEscalations } from '../../review/queries';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useAppeals } from '../../workroom/queries';
import { namesOf } from '../batches/batches';
import { useBatches } from '../batches/queries';

/** What waits for a decision of the lab: answers that were passed on, and appeals. */
export default function Decisions({ lab, project }: { lab: string; project: string }) {
  return (
    <Stack gap="lg">
      <Escalated lab={lab} project={project} />
      <Appealed lab={lab} project={project} />
    </Stack>
  );
}

function Escalated({ lab, project }: { lab: string; project: string }) {
  const escalations = useEscalations(lab, project);
  const names = namesOf(useBatches(lab, project).data ?? []);
  const columns: Column<EscalatedRow>[] = [
    { title: 'Batch', value: (e) => names.get(e.batch) ?? '', filter: true },
    {
      title: 'Answer by',
      value: (e) => e.annotator,
      show: (e) => <Id value={e.annotator} label="pseudonym" />,
    },
    { title: 'Times returned', value: (e) => e.rounds, numeric: true },
    {
      title: 'Submitted',
      value: (e) => e.submittedAt ?? '',
      show: (e) => e.submittedAt && <Time value={e.submittedAt} />,
    },
    {
      title: 'Decide',
      value: () => '',
      show: (e) => <Open to={`/labs/${lab}/review/${project}/escalations?open=${e.slot}`} />,
    },
  ];
  return (
    <section aria-labelledby="escalated">
      <Title order={2} id="escalated" mb="xs">
        Passed on to the lab
      </Title>
      <ProblemNotice error={escalations.error} retry={() => void escalations.refetch()} />
      {escalations.isPending && <Loading what="Looking for what was passed on" />}
      {escalations.data?.length === 0 && (
        <EmptyState title="Nothing was passed on">
          Answers that a reviewer passes on, and such as came back too often, appear here.
        </EmptyState>
      )}
      {escalations.data && escalations.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Passed on to the lab"
            rows={escalations.data}
            columns={columns}
            id={(e) => e.slot}
          />
        </div>
      )}
    </section>
  );
}

const appealStates: Record<Appeal['state'], string> = {
  open: 'open',
  upheld: 'upheld',
  dismissed: 'the return stands',
  overtaken: 'overtaken: it was answered again',
};

function Appealed({ lab, project }: { lab: string; project: string }) {
  const appeals = useAppeals(lab, project);
  const columns: Column<Appeal>[] = [
    { title: 'Made', value: (a) => a.madeAt, show: (a) => <Time value={a.madeAt} /> },
    { title: 'By', value: (a) => a.person, show: (a) => <Id value={a.person} label="pseudonym" /> },
    {
      title: 'State',
      value: (a) => appealStates[a.state],
      filter: true,
      show: (a) => <State tone={a.state === 'open' ? 'attention' : 'neutral'}>{appealStates[a.state]}</State>,
    },
    {
      title: 'Decided',
      value: (a) => a.decidedAt ?? '',
      show: (a) => (a.decidedAt ? <Time value={a.decidedAt} /> : 'not yet'),
    },
    {
      title: 'Decide',
      value: () => '',
      show: (a) =>
        a.mayDecide ? (
          <Open to={`/labs/${lab}/review/${project}/appeals?open=${a.id}`} />
        ) : (
          a.state === 'open' && 'somebody else: you had a part in it'
        ),
    },
  ];
  return (
    <section aria-labelledby="appealed">
      <Title order={2} id="appealed" mb="xs">
        Appeals
      </Title>
      <ProblemNotice error={appeals.error} retry={() => void appeals.refetch()} />
      {appeals.isPending && <Loading what="Looking for appeals" />}
      {appeals.data?.rows.length === 0 && (
        <Text c="dimmed">None. Somebody whose answer was returned can appeal; another person decides.</Text>
      )}
      {appeals.data && appeals.data.rows.length > 0 && (
        <div className="panel">
          <DataTable caption="Appeals" rows={appeals.data.rows} columns={columns} id={(a) => a.id} />
        </div>
      )}
    </section>
  );
}

function Open({ to }: { to: string }) {
  return (
    <Button size="compact-xs" variant="default" component={Link} to={to}>
      Open
    </Button>
  );
}
