import { Button, FileInput, Group, Progress, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import type { Import } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { bytes, count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State, type Tone } from '../../ui/notice';
import { useImport, useImports, useNewImport } from './queries';

const fields = [
  ['prompt', 'Prompt', 'prompt, instruction'],
  ['a', 'First response', 'response_1, output_1, chosen'],
  ['b', 'Second response', 'response_2, output_2, rejected'],
  ['external', 'External id', 'id'],
] as const;

const states: Record<Import['state'], [string, Tone]> = {
  waiting: ['Waiting for its content', 'neutral'],
  receiving: ['Receiving', 'attention'],
  done: ['Done', 'good'],
  refused: ['Refused: nothing kept', 'stopped'],
  interrupted: ['Interrupted: nothing kept', 'stopped'],
  failed: ['Failed: nothing kept', 'stopped'],
};

/** Imports of a project: a file is sealed item by item as it streams in. */
export default function Data({ lab, project }: { lab: string; project: string }) {
  const create = useNewImport(lab, project);
  const imports = useImports(lab, project, create.isPending);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns: Column<Import>[] = [
    { title: 'File', value: (i) => i.fileName ?? 'unknown' },
    {
      title: 'State',
      value: (i) => states[i.state][0],
      show: (i) => <State tone={states[i.state][1]}>{states[i.state][0]}</State>,
    },
    { title: 'Rows', value: (i) => i.rows, show: (i) => count(i.rows), numeric: true },
    { title: 'Imported', value: (i) => i.imported, show: (i) => count(i.imported), numeric: true },
    {
      title: 'Bad rows',
      value: (i) => i.bad,
      numeric: true,
      show: (i) =>
        i.bad === 0 ? (
          '0'
        ) : (
          <Button variant="default" onClick={() => setChosen(i.id)}>
            {count(i.bad)}: show
            <span className="visually-hidden"> bad rows of {i.fileName}</span>
          </Button>
        ),
    },
    { title: 'Size', value: (i) => i.bytes, show: (i) => bytes(i.bytes), numeric: true },
  ];
  return (
    <Stack gap="lg">
      <NewImport create={create} />
      <section aria-labelledby="imports">
        <Title order={2} id="imports" mb="xs">
          Imports
        </Title>
        <ProblemNotice error={imports.error} retry={() => void imports.refetch()} />
        {imports.isPending && <Loading what="Looking at the imports" />}
        {imports.data?.length === 0 && (
          <EmptyState title="Nothing imported yet">Choose a JSONL file above: one item per line.</EmptyState>
        )}
        {imports.data && imports.data.length > 0 && (
          <div className="panel">
            <DataTable caption="Imports" rows={imports.data} columns={columns} id={(i) => i.id} />
          </div>
        )}
      </section>
      {chosen && <BadRows lab={lab} project={project} id={chosen} />}
    </Stack>
  );
}

function NewImport({ create }: { create: ReturnType<typeof useNewImport> }) {
  const [file, setFile] = useState<File | null>(null);
  const [map, setMap] = useState<Record<string, string>>({});
  const [badRows, setBadRows] = useState<'keep' | 'refuse'>('keep');
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    stop.current = new AbortController();
    setSent(0);
    const filled = Object.fromEntries(Object.entries(map).filter(([, path]) => path.trim() !== ''));
    create.mutate(
      { file, map: filled, badRows, sent: setSent, signal: stop.current.signal },
      // Taken in: pressing the button again would import it twice.
      { onSuccess: (made) => made.state === 'done' && setFile(null) },
    );
  };
  const cancelled = create.error instanceof DOMException && create.error.name === 'AbortError';
  return (
    <section className="panel" aria-labelledby="new-import">
      <Title order={2} id="new-import" mb="xs">
        Import items
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <FileInput
            label="JSONL file"
            description="One JSON object per line: a prompt and two responses, as texts or conversations."
            accept=".jsonl,.ndjson,application/x-ndjson"
            required
            maw={480}
            value={file}
            onChange={setFile}
            placeholder="Choose a file"
          />
          <details>
            <summary>Field names, if they are not the usual ones</summary>
            <Group gap="sm" mt="xs" align="flex-end">
              {fields.map(([field, name, usual]) => (
                <TextInput
                  key={field}
                  label={name}
                  description={`found by itself: ${usual}`}
                  value={map[field] ?? ''}
                  onChange={(event) => setMap({ ...map, [field]: event.currentTarget.value })}
                />
              ))}
            </Group>
          </details>
          <Radio.Group
            label="If some rows are bad"
            value={badRows}
            onChange={(value) => setBadRows(value === 'refuse' ? 'refuse' : 'keep')}
          >
            <Group mt={4}>
              <Radio value="keep" label="Keep the good rows, list the bad ones" />
              <Radio value="refuse" label="Refuse the whole file" />
            </Group>
          </Radio.Group>
          {create.isPending && file ? (
            <Sending sent={sent} total={file.size} cancel={() => stop.current?.abort()} />
          ) : (
            <Group>
              <Button type="submit" disabled={!file}>
                Import
              </Button>
            </Group>
          )}
          {cancelled ? (
            <Notice tone="attention" title="The import was cancelled" live>
              Nothing of the file was kept.
            </Notice>
          ) : (
            <ProblemNotice error={create.error} />
          )}
          {create.data && <Outcome of={create.data} />}
        </Stack>
      </form>
    </section>
  );
}

function Outcome({ of }: { of: Import }) {
  const rows = counted(of.bad, 'bad row');
  if (of.state === 'done' && of.bad === 0)
    return (
      <Notice tone="good" title="The file has been taken in" live>
        {counted(of.imported, 'item')} imported.
      </Notice>
    );
  if (of.state === 'done')
    return (
      <Notice tone="attention" title={`The file has been taken in, but for ${rows}`} live>
        {counted(of.imported, 'item')} imported. “Show” in the list below gives each bad row with its reason.
      </Notice>
    );
  return (
    <Notice tone="stopped" title="Nothing of the file was kept" live>
      {of.bad > 0
        ? `It has ${rows}. “Show” in the list below gives each with its reason.`
        : 'The list below says what became of it.'}
    </Notice>
  );
}

function Sending({ sent, total, cancel }: { sent: number; total: number; cancel: () => void }) {
  const [began] = useState(Date.now);
  const share = total === 0 ? 1 : sent / total;
  const left = share > 0.02 ? ((Date.now() - began) / 1000) * (1 / share - 1) : null;
  return (
    <Group gap="sm">
      <Progress value={share * 100} flex={1} miw={160} aria-label="Upload" />
      <Text>
        {bytes(Math.min(sent, total))} of {bytes(total)}
        {left === null ? '' : share < 1 ? `, about ${Math.ceil(left)} s left` : ', sealing the last rows'}
      </Text>
      <Button variant="default" onClick={cancel}>
        Cancel
      </Button>
    </Group>
  );
}

function BadRows({ lab, project, id }: { lab: string; project: string; id: string }) {
  const found = useImport(lab, project, id);
  return (
    <section className="panel" aria-labelledby="bad-rows">
      <Title order={2} id="bad-rows" mb="xs">
        Bad rows{found.data ? ` of ${found.data.fileName}` : ''}
      </Title>
      <ProblemNotice error={found.error} />
      {found.data && (
        <DataTable
          caption="Bad rows"
          rows={found.data.badRows}
          id={(row) => String(row.line)}
          columns={[
            { title: 'Line', value: (row) => row.line, show: (row) => count(row.line), numeric: true },
            { title: 'Reason', value: (row) => row.reason },
          ]}
        />
      )}
    </section>
  );
}
