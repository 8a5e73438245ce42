import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAt } from '../../vendor/asking';
import { useVendor } from '../../vendor/at-vendor';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { ExactTime, Time } from '../../ui/time';
import type { HeldField, OwnData } from '../types';
import { Erase } from './erase';
import { Reads } from './reads';
import { fieldName } from './words';

/** What is held about whoever looks: what, why, until when, who read it, which incidents, and the ways out. */
export default function HeldAboutMe() {
  const data = useAt<OwnData>('/api/me/data');
  const vendor = useVendor();
  const [erasing, setErasing] = useState(false);
  if (!data.data)
    return (
      <Page title="Held about me">
        <ProblemNotice error={data.error} retry={() => void data.refetch()} />
        {data.isPending && <Loading what="Looking what is held about you" />}
      </Page>
    );
  const own = data.data;
  return (
    <Page title="Held about me">
      <Stack gap="lg">
        <Text>
          You are {own.name} here, since <Time value={own.since} />. Receipts call you{' '}
          <Id value={own.person} label="name in receipts" />; each lab knows you by another name, which no two
          labs can join.
        </Text>
        <Incidents incidents={own.incidents} />
        <section aria-labelledby="fields">
          <Title order={2} id="fields" mb="xs">
            What, why and until when
          </Title>
          <div className="panel">
            <DataTable
              caption="What is held about you"
              rows={own.fields}
              columns={columns}
              id={({ field }) => field}
              filterable={false}
            />
          </div>
          <Text c="dimmed" mt="xs">
            Sealed: under a key of your own, and each reading leaves a receipt that nobody can take back.
          </Text>
        </section>
        <Reads last={own.lastReads} />
        <section aria-labelledby="never">
          <Title order={2} id="never" mb="xs">
            What we never collect
          </Title>
          <ul className="panel">
            {own.neverCollected.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="yours" className="panel">
          <Title order={2} id="yours" mb="xs">
            Take it with you, or have it erased
          </Title>
          <Group>
            <Button
              component="a"
              href="/api/me/data/export"
              download="what-is-held-about-me.json"
              variant="default"
            >
              Export everything (JSON)
            </Button>
            {vendor.role === 'expert' && (
              <Button variant="default" c="var(--mantine-color-error)" onClick={() => setErasing(true)}>
                Erase me…
              </Button>
            )}
          </Group>
          <Text c="dimmed" mt="xs">
            The export opens what is sealed, in your own name: it leaves a receipt too.
          </Text>
        </section>
      </Stack>
      {erasing && <Erase close={() => setErasing(false)} />}
    </Page>
  );
}

const columns: Column<HeldField>[] = [
  { title: 'What', value: ({ field }) => fieldName(field) },
  { title: 'Why', value: ({ purpose }) => purpose },
  {
    title: 'How',
    value: ({ sealed }) => (sealed ? 'sealed' : 'in clear'),
    show: ({ sealed }) => (sealed ? <State tone="good">Sealed</State> : 'in clear, under a number'),
  },
  {
    title: 'Now',
    value: ({ records }) => records ?? 0,
    show: ({ records }) =>
      records === null ? 'as your pages show it' : records === 0 ? 'nothing' : counted(records, 'record'),
  },
  {
    title: 'Until',
    value: ({ until }) => until ?? '',
    show: ({ until, days, records }) =>
      until ? (
        <ExactTime value={until} />
      ) : days !== null ? (
        `${records === 0 ? 'would be ' : ''}${counted(days, 'day')} after it was last written`
      ) : (
        'as long as you are here'
      ),
  },
  { title: 'When you erase yourself', value: ({ onErasure }) => onErasure },
];

function Incidents({ incidents }: { incidents: OwnData['incidents'] }) {
  if (incidents.length === 0) return <Text>No incident that is known on this node has touched you.</Text>;
  return (
    <Notice tone="stopped" title="Incidents that may have touched you">
      <ul>
        {incidents.map(({ since, what }) => (
          <li key={since}>
            Since <ExactTime value={since} />: {what}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
