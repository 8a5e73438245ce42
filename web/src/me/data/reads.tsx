import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { askPlain } from '../../api/client';
import { DataTable, type Column } from '../../ui/data-table';
import { count } from '../../ui/format';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { Read } from '../types';
import { fieldName, purposeName } from './words';

/** Every time that something sealed about somebody was opened, or asked for and refused. */
export function Reads({ last }: { last: Read[] }) {
  const [older, setOlder] = useState<Read[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [whole, setWhole] = useState(false);
  const rows = [...last, ...older];
  const more = async () => {
    try {
      const next = await askPlain<Read[]>('GET', `/api/me/data/reads?before=${rows.at(-1)!.receipt}`);
      setOlder([...older, ...next]);
      setWhole(next.length === 0);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section aria-labelledby="reads">
      <Title order={2} id="reads" mb="xs">
        Who read it
      </Title>
      {rows.length === 0 ? (
        <Text>Nobody has opened anything that is sealed about you.</Text>
      ) : (
        <div className="panel">
          <DataTable caption="Readings" rows={rows} columns={columns} id={(read) => String(read.receipt)} />
          <Group mt="xs">
            {whole ? (
              <Text c="dimmed">That is all of them.</Text>
            ) : (
              <Button variant="default" onClick={() => void more()}>
                Show older ones
              </Button>
            )}
          </Group>
          <ProblemNotice error={error} />
        </div>
      )}
    </section>
  );
}

const columns: Column<Read>[] = [
  { title: 'When', value: ({ at }) => at, show: ({ at }) => <Time value={at} /> },
  { title: 'Who', value: ({ by, role }) => (role && by !== 'you' ? `${by}, ${role}` : by), filter: true },
  { title: 'What', value: ({ fields }) => fields.map(fieldName).join(', ') },
  { title: 'What for', value: ({ purpose }) => purposeName(purpose), filter: true },
  {
    title: 'Outcome',
    value: ({ refused }) => (refused ? 'refused' : 'opened'),
    show: ({ refused, sound }) =>
      !sound ? (
        <State tone="stopped">The receipt was changed since: tell an owner</State>
      ) : refused ? (
        <State tone="attention">Refused, nothing was handed out</State>
      ) : (
        'opened'
      ),
  },
  {
    title: 'Receipt',
    value: ({ receipt }) => receipt,
    show: ({ receipt }) => count(receipt),
    numeric: true,
  },
];
