import { Button, Group, NativeSelect, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Search } from '../../../api/pending-studio';
import { DataTable } from '../../../ui/data-table';
import { count, counted } from '../../../ui/format';
import { Loading } from '../../../ui/loading';
import { Notice, ProblemNotice, State, type Tone } from '../../../ui/notice';
import { Time } from '../../../ui/time';
import { ItemDrawer } from '../items/item-drawer';
import { slotStates } from '../items/items';
import { isRunning, useCancelSearch, useOpenHits, useSearch, useStartSearch } from './queries';

/** Words in sealed content. There is no index of it: every item is opened for the search, with receipts. */
export function Searching({ lab, project }: { lab: string; project: string }) {
  const start = useStartSearch(lab, project);
  const [text, setText] = useState('');
  const [field, setField] = useState('');
  const [state, setState] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate({ text: text.trim(), ...(field ? { field } : {}), ...(state ? { state } : {}) });
  };
  return (
    <Stack gap="lg">
      <section className="panel" aria-labelledby="new-search">
        <Title order={2} id="new-search" mb="xs">
          Search the content
        </Title>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text c="dimmed">
              Items are sealed and nothing of them is indexed, so a search opens each of them inside the node.
              That is receipted as a search; what is found is kept sealed for 24 hours, and reading it is a
              disclosure to you.
            </Text>
            <Group gap="sm" align="flex-end">
              <TextInput
                label="Words"
                required
                maxLength={200}
                w={280}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              <NativeSelect
                label="In"
                value={field}
                onChange={(event) => setField(event.currentTarget.value)}
                data={[
                  { value: '', label: 'any part' },
                  { value: 'prompt', label: 'the prompt' },
                  { value: 'responses', label: 'the responses' },
                  { value: 'text', label: 'the text' },
                  { value: 'external', label: 'the external id' },
                ]}
              />
              <NativeSelect
                label="Of items with a task that is"
                value={state}
                onChange={(event) => setState(event.currentTarget.value)}
                data={[
                  { value: '', label: 'in any state' },
                  ...Object.entries(slotStates).map(([value, label]) => ({ value, label })),
                ]}
              />
              <Button type="submit" loading={start.isPending} disabled={!text.trim()}>
                Search
              </Button>
            </Group>
            <ProblemNotice error={start.error} />
          </Stack>
        </form>
      </section>
      {start.data && <Running key={start.data.id} lab={lab} project={project} id={start.data.id} />}
    </Stack>
  );
}

const states: Record<Search['state'], [string, Tone]> = {
  waiting: ['Waiting', 'neutral'],
  running: ['Searching', 'attention'],
  done: ['Done', 'good'],
  cancelled: ['Cancelled', 'neutral'],
  failed: ['Stopped by a fault', 'stopped'],
  expired: ['Expired', 'neutral'],
};

function Running({ lab, project, id }: { lab: string; project: string; id: string }) {
  const search = useSearch(lab, project, id);
  const cancel = useCancelSearch(lab, project);
  if (search.error) return <ProblemNotice error={search.error} retry={() => void search.refetch()} />;
  if (!search.data) return <Loading what="Starting the search" />;
  const { state, scanned, total, found, expiresAt } = search.data;
  const [word, tone] = states[state] ?? [state, 'neutral'];
  return (
    <section className="panel" aria-label="The search">
      <Stack gap="sm">
        <Group gap="sm">
          <State tone={tone}>{word}</State>
          <Text role="status">
            {count(scanned)} of {counted(total, 'item')} looked through, {counted(found, 'hit')}
          </Text>
          {isRunning(search.data) && (
            <>
              <Progress
                value={total === 0 ? 0 : (scanned / total) * 100}
                flex={1}
                miw={120}
                aria-label="Items looked through"
              />
              <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
                Cancel
              </Button>
            </>
          )}
        </Group>
        {expiresAt && (
          <Text c="dimmed">
            What was found is erased <Time value={expiresAt} />.
          </Text>
        )}
        <ProblemNotice error={cancel.error} />
        {found > 0 && state !== 'expired' && <Hits lab={lab} project={project} id={id} found={found} />}
        {state === 'done' && found === 0 && (
          <Notice title="Nothing was found">
            <Text>Try fewer or other words; capital letters make no difference.</Text>
          </Notice>
        )}
      </Stack>
    </section>
  );
}

function Hits({ lab, project, id, found }: { lab: string; project: string; id: string; found: number }) {
  const open = useOpenHits(lab, project);
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <Group>
        <Button
          variant={open.data ? 'default' : 'filled'}
          loading={open.isPending}
          onClick={() => open.mutate(id)}
        >
          {open.data ? 'Read them again' : `Read ${counted(found, 'hit')}`}
        </Button>
        {open.data?.receipt && <Text c="dimmed">Opened with receipt {open.data.receipt}.</Text>}
      </Group>
      <ProblemNotice error={open.error} />
      {open.data && (
        <DataTable
          caption="Hits"
          rows={open.data.items}
          id={(hit) => hit.id}
          open={(hit) => setShown(hit.id)}
          columns={[
            { title: 'Item', value: (hit) => hit.id, show: (hit) => `…${hit.id.slice(-8)}` },
            {
              title: 'Where it stands',
              value: (hit) => hit.excerpt,
              show: (hit) => (
                <span className="plain" dir="auto">
                  {hit.excerpt}
                </span>
              ),
            },
          ]}
        />
      )}
      {shown && <ItemDrawer lab={lab} project={project} item={shown} close={() => setShown(null)} />}
    </>
  );
}
