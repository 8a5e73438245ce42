import { Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Batch } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useBatches, useOpenBatch } from './queries';

const columns: Column<Batch>[] = [
  { title: 'Batch', value: (b) => b.name ?? b.code },
  { title: 'Experts see', value: (b) => b.code },
  { title: 'Items', value: (b) => b.items, show: (b) => count(b.items), numeric: true },
  { title: 'Answers per item', value: (b) => b.overlap, numeric: true },
  { title: 'Guidelines', value: (b) => b.guidelineVersion, show: (b) => `version ${b.guidelineVersion}` },
  { title: 'Form', value: (b) => b.formVersion, show: (b) => `version ${b.formVersion}` },
  { title: 'Lease', value: (b) => b.leaseSeconds, show: (b) => `${b.leaseSeconds / 60} min`, numeric: true },
  { title: 'Opened', value: (b) => b.openedAt, show: (b) => <Time value={b.openedAt} /> },
];

/** Batches: opening one makes the tasks, under the newest guidelines and form. */
export default function Batches({ lab, project }: { lab: string; project: string }) {
  const batches = useBatches(lab, project);
  return (
    <Stack gap="lg">
      <OpenBatch lab={lab} project={project} />
      <section aria-labelledby="batches">
        <Title order={2} id="batches" mb="xs">
          Open batches
        </Title>
        <ProblemNotice error={batches.error} retry={() => void batches.refetch()} />
        {batches.isPending && <Loading what="Looking at the batches" />}
        {batches.data?.length === 0 && (
          <EmptyState title="No batch yet">
            Items wait until a batch is opened. You need guidelines (published), a form and at least one item.
          </EmptyState>
        )}
        {batches.data && batches.data.length > 0 && (
          <div className="panel">
            <DataTable caption="Batches" rows={batches.data} columns={columns} id={(b) => b.id} />
          </div>
        )}
      </section>
    </Stack>
  );
}

function OpenBatch({ lab, project }: { lab: string; project: string }) {
  const open = useOpenBatch(lab, project);
  const [name, setName] = useState('');
  const [overlap, setOverlap] = useState(2);
  const [minutes, setMinutes] = useState(15);
  const [held, setHeld] = useState(3);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate({ name, overlap, leaseSeconds: minutes * 60, held }, { onSuccess: () => setName('') });
  };
  return (
    <section className="panel" aria-labelledby="open-batch">
      <Title order={2} id="open-batch" mb="xs">
        Open a batch
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text c="dimmed">Takes every item that is in no batch yet. Experts see a code, not the name.</Text>
          <Group align="flex-end">
            <TextInput
              label="Name"
              required
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Amount label="Answers per item" value={overlap} set={setOverlap} max={100} />
            <Amount label="Lease in minutes" value={minutes} set={setMinutes} max={1_440} />
            <Amount label="Tasks in one hand" value={held} set={setHeld} max={100} />
            <Button type="submit" loading={open.isPending}>
              Open
            </Button>
          </Group>
          <ProblemNotice error={open.error} />
          {open.data && (
            <Notice tone="good" title={`Batch ${open.data.code} is open`} live>
              Experts can take tasks now.
            </Notice>
          )}
        </Stack>
      </form>
    </section>
  );
}

function Amount({
  label,
  value,
  set,
  max,
}: {
  label: string;
  value: number;
  set: (value: number) => void;
  max: number;
}) {
  return (
    <NumberInput
      label={label}
      min={1}
      max={max}
      allowDecimal={false}
      w={150}
      value={value}
      onChange={(next) => set(Number(next) || 1)}
    />
  );
}
