import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Search } from '../../../api/types';
import { DataTable } from '../../../ui/data-table';
import { count, counted } from '../../../ui/format';
import { Notice, ProblemNotice, State, type Tone } from '../../../ui/notice';
import { Time } from '../../../ui/time';
import { Visible } from '../../../workroom/invisible';
import { ItemDrawer } from '../items/item-drawer';
import { NewSearch } from './new-search';
import { useEndSearch, useOpenSearch, useSearches } from './queries';

/** Words in sealed content. There is no index of it: every item is opened for the search, with receipts. */
export function Searching({ lab, project }: { lab: string; project: string }) {
  const searches = useSearches(lab, project);
  return (
    <Stack gap="lg">
      <NewSearch lab={lab} project={project} />
      <ProblemNotice error={searches.error} retry={() => void searches.refetch()} />
      {searches.data && searches.data.length > 0 && (
        <section aria-labelledby="searches">
          <Title order={2} id="searches" mb="xs">
            Searches of the last 24 hours
          </Title>
          <Stack gap="sm">
            {searches.data.map((search) => (
              <OneSearch key={search.id} lab={lab} project={project} search={search} />
            ))}
          </Stack>
        </section>
      )}
    </Stack>
  );
}

const states: Record<Search['state'], [string, Tone]> = {
  scanning: ['Searching', 'attention'],
  done: ['Done', 'good'],
  cancelled: ['Cancelled', 'neutral'],
  stopped: ['Stopped: the vault opened no more', 'stopped'],
};

function OneSearch({ lab, project, search }: { lab: string; project: string; search: Search }) {
  const end = useEndSearch(lab, project);
  const open = useOpenSearch(lab, project);
  const { id, state, scanned, total, found, requestedAt, expiresAt } = search;
  const [word, tone] = states[state];
  const scanning = state === 'scanning';
  return (
    <div className="panel">
      <Stack gap="sm">
        <Group gap="sm">
          <State tone={tone}>{word}</State>
          <Text role="status">
            {count(scanned)} of {counted(total, 'item')} looked through, {counted(found, 'hit')}
          </Text>
          {scanning && (
            <Progress
              value={total === 0 ? 0 : (scanned / total) * 100}
              flex={1}
              miw={120}
              aria-label="Items looked through"
            />
          )}
          <Text c="dimmed">
            begun <Time value={requestedAt} />, erased <Time value={expiresAt} />
          </Text>
        </Group>
        {state === 'done' && found === 0 && (
          <Notice title="Nothing was found">
            <Text>Try fewer or other words; capital letters make no difference.</Text>
          </Notice>
        )}
        <Group gap="xs">
          {found > 0 && (
            <Button
              variant={open.data ? 'default' : 'filled'}
              loading={open.isPending}
              onClick={() => open.mutate(id)}
            >
              {open.data ? 'Read them again' : `Read ${counted(found, 'hit')}`}
            </Button>
          )}
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(id)}>
            {scanning ? 'Cancel' : 'Forget'}
            <span className="visually-hidden"> this search</span>
          </Button>
        </Group>
        <ProblemNotice error={end.error ?? open.error} />
        {open.data && <Finds lab={lab} project={project} search={open.data} />}
      </Stack>
    </div>
  );
}

function Finds({ lab, project, search }: { lab: string; project: string; search: Search }) {
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <Text>
        Looked for: <bdi>{search.text}</bdi>
        {search.field && (
          <>
            {' '}
            in <bdi>{search.field}</bdi>
          </>
        )}
        {search.items.length < search.found ? `. The first ${count(search.items.length)} hits:` : ''}
      </Text>
      <DataTable
        caption="Hits"
        rows={search.items}
        id={(find) => find.id}
        open={(find) => setShown(find.id)}
        columns={[
          { title: 'Item', value: (find) => find.id, show: (find) => `…${find.id.slice(-8)}` },
          { title: 'In', value: (find) => find.field, filter: true },
          {
            title: 'Where it stands',
            value: (find) => find.excerpt,
            show: (find) => (
              <span className="plain" dir="auto">
                <Visible text={find.excerpt} />
              </span>
            ),
          },
        ]}
      />
      {shown && <ItemDrawer lab={lab} project={project} item={shown} close={() => setShown(null)} />}
    </>
  );
}
