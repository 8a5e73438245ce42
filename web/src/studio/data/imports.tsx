import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Import } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { bytes, count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State, type Tone } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useImport, useUndoImport } from './queries';

const states: Record<string, [string, Tone]> = {
  waiting: ['Waiting for its content', 'neutral'],
  receiving: ['Receiving', 'attention'],
  done: ['Done', 'good'],
  refused: ['Refused: nothing kept', 'stopped'],
  interrupted: ['Interrupted: nothing kept', 'stopped'],
  failed: ['Failed: nothing kept', 'stopped'],
  known: ['Known already: nothing kept', 'attention'],
  undone: ['Undone', 'neutral'],
};

const number = (title: string, value: (made: Import) => number): Column<Import> => ({
  title,
  value,
  show: (made) => count(value(made)),
  numeric: true,
});

const stateOf = (made: Import) => states[made.state] ?? [made.state, 'neutral' as Tone];

/** What was taken in, with its bad rows, and the way back as long as nobody has worked on it. */
export function Imports({
  lab,
  project,
  imports,
  error,
  retry,
  showBad,
}: {
  lab: string;
  project: string;
  imports: Import[] | undefined;
  error: unknown;
  retry: () => void;
  showBad: (id: string) => void;
}) {
  const [undoing, setUndoing] = useState<Import | null>(null);
  const columns: Column<Import>[] = [
    {
      title: 'File',
      value: (i) => i.fileName ?? 'unknown',
      show: (i) => <bdi>{i.fileName ?? 'unknown'}</bdi>,
    },
    {
      title: 'State',
      value: (i) => stateOf(i)[0],
      filter: true,
      show: (i) => <State tone={stateOf(i)[1]}>{stateOf(i)[0]}</State>,
    },
    { title: 'Rows', value: (i) => i.rows, show: (i) => count(i.rows), numeric: true },
    { title: 'Imported', value: (i) => i.imported, show: (i) => count(i.imported), numeric: true },
    number('Updated', (i) => i.updated ?? 0),
    number('Passed over', (i) => i.skipped ?? 0),
    {
      title: 'Bad rows',
      value: (i) => i.bad,
      numeric: true,
      show: (i) =>
        i.bad === 0 ? (
          '0'
        ) : (
          <Button variant="default" onClick={() => showBad(i.id)}>
            {count(i.bad)}: show
            <span className="visually-hidden"> bad rows of {i.fileName}</span>
          </Button>
        ),
    },
    { title: 'Size', value: (i) => i.bytes, show: (i) => bytes(i.bytes), numeric: true },
    { title: 'When', value: (i) => i.createdAt, show: (i) => <Time value={i.createdAt} /> },
    {
      title: 'Act',
      value: () => '',
      show: (i) =>
        i.state === 'done' &&
        i.imported > 0 && (
          <Button variant="subtle" c="var(--mantine-color-error)" onClick={() => setUndoing(i)}>
            Undo…
            <span className="visually-hidden"> the import of {i.fileName}</span>
          </Button>
        ),
    },
  ];
  return (
    <section aria-labelledby="imports">
      <Title order={2} id="imports" mb="xs">
        Imports
      </Title>
      <ProblemNotice error={error} retry={retry} />
      {!imports && !error && <Loading what="Looking at the imports" />}
      {imports?.length === 0 && (
        <EmptyState title="Nothing imported yet">Choose a file of items, or images, above.</EmptyState>
      )}
      {imports && imports.length > 0 && (
        <div className="panel">
          <DataTable caption="Imports" rows={imports} columns={columns} id={(i) => i.id} />
        </div>
      )}
      {undoing && <Undo lab={lab} project={project} made={undoing} close={() => setUndoing(null)} />}
    </section>
  );
}

function Undo({
  lab,
  project,
  made,
  close,
}: {
  lab: string;
  project: string;
  made: Import;
  close: () => void;
}) {
  const undo = useUndoImport(lab, project);
  return (
    <Dialog title="Undo this import" close={close}>
      <Stack gap="sm">
        <Text>
          Takes the {counted(made.imported, 'item')} of <bdi>{made.fileName ?? 'this file'}</bdi> out of the
          project. It is possible only as long as nobody has had any of them in hand; their seals and this
          removal stay in the ledger.
        </Text>
        <ProblemNotice error={undo.error} safe="Nothing was taken out." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={undo.isPending}
            onClick={() => undo.mutate(made.id, { onSuccess: close })}
          >
            Take out {counted(made.imported, 'item')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The rows that could not become items, each with its reason. */
export function BadRows({ lab, project, id }: { lab: string; project: string; id: string }) {
  const found = useImport(lab, project, id);
  return (
    <section className="panel" aria-labelledby="bad-rows">
      <Title order={2} id="bad-rows" mb="xs">
        Bad rows
        {found.data && (
          <>
            {' '}
            of <bdi>{found.data.fileName}</bdi>
          </>
        )}
      </Title>
      <ProblemNotice error={found.error} />
      {found.data && (
        <DataTable
          caption="Bad rows"
          rows={found.data.badRows}
          id={(row) => String(row.line)}
          columns={[
            { title: 'Line', value: (row) => row.line, show: (row) => count(row.line), numeric: true },
            { title: 'Reason', value: (row) => row.reason, filter: true },
          ]}
        />
      )}
    </section>
  );
}
