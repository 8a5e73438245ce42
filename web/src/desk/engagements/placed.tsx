import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { askPlain } from '../../api/client';
import { post, useAct, useAt } from '../../vendor/asking';
import { endWord, labStates, missingWord } from '../../vendor/work';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { PlacementRow } from '../types';

/** Who works on an engagement now, and whether the vendor can vouch for each. */
export function Placed({ engagement, manager }: { engagement: string; manager: boolean }) {
  const placed = useAt<PlacementRow[]>(`/api/desk/placements?engagement=${engagement}`, 15_000);
  const [changing, setChanging] = useState<PlacementRow | null>(null);
  const columns: Column<PlacementRow>[] = [
    { title: 'Person', value: (row) => row.name },
    { title: 'Role', value: (row) => (row.role === 'lead' ? 'Lead' : 'Expert'), filter: true },
    { title: 'Hours a week', value: (row) => row.weekHours, numeric: true },
    { title: 'State', value: stateOf, show: (row) => <PlacementState row={row} /> },
    {
      title: 'Vouched until',
      value: (row) => row.vouchedUntil ?? '',
      show: (row) => (row.vouchedUntil ? <Time value={row.vouchedUntil} /> : 'not now'),
    },
    { title: 'Since', value: (row) => row.startedAt, show: (row) => <Time value={row.startedAt} /> },
  ];
  return (
    <section aria-labelledby="placed">
      <Title order={2} id="placed" mb="xs">
        People
      </Title>
      <ProblemNotice error={placed.error} retry={() => void placed.refetch()} />
      {placed.isPending && <Loading what="Looking who is placed here" />}
      {placed.data?.length === 0 && (
        <Text c="dimmed">
          Nobody is placed here. <Link to="/desk/needs">Open places and offer them to people who fit.</Link>
        </Text>
      )}
      {placed.data && placed.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="People placed"
            rows={placed.data}
            columns={columns}
            id={(row) => row.id}
            open={manager ? setChanging : undefined}
          />
        </div>
      )}
      {changing && <ChangePlacement row={changing} close={() => setChanging(null)} />}
    </section>
  );
}

const stateOf = (row: PlacementRow) =>
  row.missing.length > 0
    ? `Not vouched for: ${row.missing.map(missingWord).join('; ')}`
    : row.fault
      ? `The lab did not take the last statement: ${row.fault}`
      : row.labState
        ? (labStates[row.labState] ?? row.labState)
        : 'the lab has not answered yet';

function PlacementState({ row }: { row: PlacementRow }) {
  const stopped = row.missing.length > 0 || row.fault !== null;
  return (
    <State tone={stopped ? 'stopped' : row.labState === 'enrolled' ? 'good' : 'attention'}>
      {stateOf(row)}
    </State>
  );
}

const reasons = ['done', 'conflict', 'conduct', 'security'];

function ChangePlacement({ row, close }: { row: PlacementRow; close: () => void }) {
  const other = row.role === 'lead' ? 'expert' : 'lead';
  const change = useAct(() =>
    askPlain<PlacementRow>('PATCH', `/api/desk/placements/${row.id}`, { role: other }),
  );
  const end = useAct((reason: string) => post(`/api/desk/placements/${row.id}/end`, { reason }));
  const [reason, setReason] = useState('done');
  return (
    <Dialog title={row.name} close={close}>
      <Stack gap="md">
        <Text>
          <Link to={`/desk/people/${row.expert}`}>Profile and vetting</Link>. At the lab: {stateOf(row)}.
        </Text>
        <section aria-label="Role">
          <Text>
            {row.role === 'lead'
              ? 'A lead reviews in the lab’s workroom, where the lab grants it, within the vendor’s budget.'
              : 'A lead reviews others’ answers in the lab’s workroom. The lab grants each project to them; this node shows nothing of it.'}
          </Text>
          <Group mt="xs">
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate(undefined, { onSuccess: close })}
            >
              {row.role === 'lead' ? 'Make an expert' : 'Make a lead'}
            </Button>
          </Group>
          <ProblemNotice error={change.error} />
        </section>
        <section aria-label="End the placement">
          <Text>
            Ending it ends the person’s session at the lab at once; drafts are kept there, and work done stays
            payable. The person is told the reason.
          </Text>
          <Group align="flex-end" mt="xs">
            <NativeSelect
              label="Why"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data={reasons.map((value) => ({ value, label: endWord(value) }))}
            />
            <Button
              variant="default"
              c="var(--mantine-color-error)"
              loading={end.isPending}
              onClick={() => end.mutate(reason, { onSuccess: close })}
            >
              End the placement
            </Button>
          </Group>
          <ProblemNotice error={end.error} safe="The placement is as it was." />
        </section>
      </Stack>
    </Dialog>
  );
}
