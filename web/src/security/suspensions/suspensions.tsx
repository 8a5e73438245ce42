import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Suspension, SuspensionScope } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { reasonWord, useSuspensions } from '../../session/suspensions';
import { ResumeButton } from '../../studio/suspend/suspend';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { personCalled, scopeInWords, useNames } from '../names';
import { NewSuspension } from './new-suspension';
import { ProofDialog } from './proof-dialog';

/** What goes on when a suspension of it is lifted. */
const resumes: Record<SuspensionScope, string> = {
  lab: 'the lab',
  project: 'project',
  engagement: 'engagement',
  person: 'person',
  process: 'server process',
  export: 'exports',
  model: 'sends to models',
};

/** What is stopped at the lab, by whom and until when; staff stop more of it here, and let it go on. */
export default function Suspensions({ lab }: { lab: string }) {
  const staff = isStaff(useHere().membership);
  const suspensions = useSuspensions(lab);
  const names = useNames(lab);
  const [adding, setAdding] = useState(false);
  const [proving, setProving] = useState<Suspension | null>(null);
  const what = ({ scope, id }: Suspension) => scopeInWords(names, scope, id);
  const columns: Column<Suspension>[] = [
    { title: 'What', value: what },
    {
      title: 'State',
      value: (s) => (s.drill ? 'Drill' : 'Stopped'),
      show: (s) =>
        s.drill ? (
          <State tone="attention">Drill: stops nothing</State>
        ) : (
          <State tone="stopped">Stopped</State>
        ),
      filter: true,
    },
    { title: 'Reason', value: (s) => reasonWord(s.reason) },
    { title: 'Since', value: (s) => s.since, show: (s) => <Time value={s.since} /> },
    {
      title: 'Until',
      value: (s) => s.until ?? '',
      show: (s) => (s.until ? <Time value={s.until} /> : 'it is lifted'),
    },
    { title: 'By', value: (s) => personCalled(names, s.by) },
    { title: 'Receipt', value: (s) => s.receipt, numeric: true },
    {
      title: 'Acts',
      value: () => '',
      show: (s) => (
        <Group gap="xs">
          <Button variant="default" onClick={() => setProving(s)}>
            Proof<span className="visually-hidden"> of {what(s)}</span>
          </Button>
          {staff && <ResumeButton lab={lab} suspension={s} what={resumes[s.scope]} of={what(s)} />}
        </Group>
      ),
    },
  ];
  return (
    <Stack gap="md">
      {staff && (
        <Group>
          <Button c="var(--mantine-color-error)" variant="default" onClick={() => setAdding(true)}>
            Suspend…
          </Button>
        </Group>
      )}
      <ProblemNotice error={suspensions.error} retry={() => void suspensions.refetch()} />
      {suspensions.isPending && <Loading what="Looking what is suspended" />}
      {suspensions.data?.length === 0 && (
        <EmptyState title="Nothing is suspended">
          {staff
            ? 'To stop the lab, a project, a vendor, a person, a server or what goes out: press “Suspend…”. It says beforehand what it touches.'
            : 'Lab staff can stop the lab, a project, a vendor, a person, a server or what goes out.'}
        </EmptyState>
      )}
      {suspensions.data && suspensions.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Suspensions"
            rows={suspensions.data}
            columns={columns}
            id={(s) => s.suspension}
          />
          <Text c="dimmed" mt="xs">
            A proof counts what was disclosed in the scope since: none, or the promise is broken. Suspensions
            that were lifted stand among the{' '}
            <Link to={`/labs/${lab}/security/receipts?act=suspend`}>receipts</Link>.
          </Text>
        </div>
      )}
      {adding && <NewSuspension lab={lab} close={() => setAdding(false)} />}
      {proving && (
        <ProofDialog
          lab={lab}
          suspension={proving.suspension}
          what={what(proving)}
          close={() => setProving(null)}
        />
      )}
    </Stack>
  );
}
