import { Button, Group, NativeSelect, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { OperationKind, SlotState } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useBatches } from '../batches/queries';
import { usePeople } from '../people/queries';
import { useOperate, useOperationPreview, useUndo } from './queries';
import { requestOf, statesOf, type Wanted } from './request';
import { operationKinds, slotWords } from './words';

/** One act on many tasks: says before what it will touch, afterwards what it did, and takes it back where it can be. */
export function OperateDialog({
  lab,
  project,
  first,
  close,
}: {
  lab: string;
  project: string;
  /** What is chosen at first. */
  first?: Partial<Wanted>;
  close: () => void;
}) {
  const operate = useOperate(lab, project);
  const [wanted, setWanted] = useState<Wanted>({
    kind: 'release',
    batch: '',
    person: '',
    state: '',
    reason: '',
    priority: 5,
    to: '',
    ...first,
  });
  const request = requestOf(wanted);
  const [asked] = useDebouncedValue(request, 300);
  const preview = useOperationPreview(lab, project, asked);
  const current =
    request !== null && JSON.stringify(request) === JSON.stringify(asked) && !preview.isFetching;
  const nothing = preview.data?.slots === 0 && wanted.kind !== 'reprioritise';
  return (
    <Dialog title="Act on many tasks" close={close} size="lg">
      {operate.data ? (
        <Outcome lab={lab} project={project} operation={operate.data} close={close} />
      ) : (
        <Stack gap="sm">
          <Choices
            lab={lab}
            project={project}
            wanted={wanted}
            set={(part) => setWanted({ ...wanted, ...part })}
          />
          <ProblemNotice error={request && preview.error} />
          {request === null ? (
            <Text c="dimmed">{missing(wanted)}</Text>
          ) : (
            preview.data && (
              <Notice tone="attention" title="What this will do" live>
                {preview.data.sentence}
                {preview.data.undoable && ' It can be undone for as long as nobody has gone on with them.'}
              </Notice>
            )
          )}
          <ProblemNotice error={operate.error} safe="Nothing was done." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button
              disabled={!current || !preview.data || nothing}
              loading={operate.isPending}
              onClick={() => request && operate.mutate(request)}
            >
              {operationKinds[wanted.kind].does}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function missing({ kind, batch, person }: Wanted): string {
  if (kind === 'reprioritise') return 'Choose the batch.';
  if (!batch && !person) return 'Choose a batch, a person, or both.';
  return kind === 'return'
    ? 'Say why: the people whose work comes back read it.'
    : 'Choose who gets the tasks.';
}

function Choices({
  lab,
  project,
  wanted,
  set,
}: {
  lab: string;
  project: string;
  wanted: Wanted;
  set: (part: Partial<Wanted>) => void;
}) {
  const batches = useBatches(lab, project).data ?? [];
  const people = (usePeople(lab).data ?? []).filter(({ left, role }) => !left && role !== 'auditor');
  const names = people.map(({ pseudonym, name }) => ({ value: pseudonym, label: name }));
  const { kind } = wanted;
  const bulk = kind !== 'reprioritise';
  return (
    <>
      <NativeSelect
        label="What"
        description={operationKinds[kind].hint}
        value={kind}
        onChange={(event) => set({ kind: event.currentTarget.value as OperationKind })}
        data={Object.entries(operationKinds).map(([value, { does }]) => ({ value, label: does }))}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label="Of batch"
          value={wanted.batch}
          onChange={(event) => set({ batch: event.currentTarget.value })}
          data={[
            { value: '', label: bulk ? 'any' : 'choose' },
            ...batches.map(({ id, name, code }) => ({ value: id, label: name ?? code })),
          ]}
        />
        {bulk && (
          <>
            <NativeSelect
              label="Of person"
              value={wanted.person}
              onChange={(event) => set({ person: event.currentTarget.value })}
              data={[{ value: '', label: 'anybody' }, ...names]}
            />
            <NativeSelect
              label="That are"
              value={wanted.state}
              onChange={(event) => set({ state: event.currentTarget.value as SlotState | '' })}
              data={[
                { value: '', label: statesOf[kind].map((state) => slotWords[state]).join(', ') },
                ...(statesOf[kind].length > 1
                  ? statesOf[kind].map((value) => ({ value, label: slotWords[value] }))
                  : []),
              ]}
            />
          </>
        )}
      </Group>
      {kind === 'reassign' && (
        <NativeSelect
          label="To"
          value={wanted.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
          data={[{ value: '', label: 'choose' }, ...names.filter(({ value }) => value !== wanted.person)]}
        />
      )}
      {kind === 'reprioritise' && (
        <NumberInput
          label="Priority"
          description="0 to 9; 9 is worked on first"
          min={0}
          max={9}
          allowDecimal={false}
          value={wanted.priority}
          onChange={(next) => set({ priority: Number(next) })}
          w={160}
        />
      )}
      {(kind === 'return' || kind === 'cancel') && (
        <Textarea
          label="Reason"
          description={kind === 'cancel' ? 'Optional.' : undefined}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4_000}
          value={wanted.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Outcome({
  lab,
  project,
  operation,
  close,
}: {
  lab: string;
  project: string;
  operation: { id: string | null; sentence: string; undoable: boolean };
  close: () => void;
}) {
  const undo = useUndo(lab, project);
  return (
    <Stack gap="sm">
      <Notice tone="good" title="Done" live>
        {operation.sentence}
      </Notice>
      <ProblemNotice error={undo.error} />
      {undo.data && (
        <Notice tone="good" title={`Undone for ${undo.data.slots}`} live>
          What people have gone on with meanwhile stays as it is.
        </Notice>
      )}
      <Group justify="flex-end">
        {operation.undoable && operation.id && !undo.data && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(operation.id!)}>
            Undo
          </Button>
        )}
        <Button onClick={close}>Close</Button>
      </Group>
    </Stack>
  );
}
