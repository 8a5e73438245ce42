import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Batch, OperationRow } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { count } from '../../ui/format';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { OperateDialog } from './operate-dialog';
import { useOperations, useUndo } from './queries';
import { operationKinds } from './words';

/** What was done to many tasks at once, and taking it back. */
export function Operations({ lab, project, batches }: { lab: string; project: string; batches: Batch[] }) {
  const staff = isStaff(useHere().membership);
  const operations = useOperations(lab, project);
  const undo = useUndo(lab, project);
  const [acting, setActing] = useState(false);
  const nameOf = (id: string) => batches.find((batch) => batch.id === id)?.name;
  const columns: Column<OperationRow>[] = [
    { title: 'What', value: (o) => operationKinds[o.kind].did, filter: true },
    { title: 'Batch', value: (o) => (o.batch ? (nameOf(o.batch) ?? o.batch) : 'any') },
    { title: 'Tasks', value: (o) => o.slots, show: (o) => count(o.slots), numeric: true },
    { title: 'By', value: (o) => o.madeBy, show: (o) => <Id value={o.madeBy} label="pseudonym" /> },
    { title: 'When', value: (o) => o.madeAt, show: (o) => <Time value={o.madeAt} /> },
    {
      title: 'Undone',
      value: (o) => o.undoneAt ?? '',
      show: (o) =>
        o.undoneAt ? (
          <State>
            undone <Time value={o.undoneAt} />
          </State>
        ) : staff ? (
          <Button
            variant="default"
            loading={undo.isPending && undo.variables === o.id}
            onClick={() => undo.mutate(o.id)}
          >
            Undo
          </Button>
        ) : (
          'no'
        ),
    },
  ];
  const rows = operations.data ?? [];
  if (!staff && rows.length === 0) return null;
  return (
    <section aria-labelledby="operations">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="operations">
          Acts on many tasks
        </Title>
        {staff && batches.length > 0 && (
          <Button variant="default" onClick={() => setActing(true)}>
            Act on many tasks…
          </Button>
        )}
      </Group>
      <ProblemNotice error={operations.error ?? undo.error} />
      {undo.data && (
        <Notice tone="good" title={`${count(undo.data.slots)} put back as they were`} live>
          What people have gone on with meanwhile stays as it is.
        </Notice>
      )}
      {operations.data && rows.length === 0 && (
        <Text c="dimmed">
          None yet. Each says beforehand what it will touch, and can be undone from here.
        </Text>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable caption="Acts on many tasks" rows={rows} columns={columns} id={(o) => o.id} />
        </div>
      )}
      {acting && <OperateDialog lab={lab} project={project} close={() => setActing(false)} />}
    </section>
  );
}
