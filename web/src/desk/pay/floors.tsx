import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct, useAt } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import { MoneyInput } from '../../ui/money-input';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { money } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import type { Floor } from './types';

/** The least that an hour earns, by place and day. */
export default function Floors() {
  const floors = useAt<Floor[]>('/api/desk/pay/floors');
  const payroll = isPayroll(useVendor());
  return (
    <Stack gap="md">
      {payroll && <Add />}
      <ProblemNotice error={floors.error} retry={() => void floors.refetch()} />
      {floors.data?.length === 0 && (
        <EmptyState title="No floor is known">
          Name the legal minimum, or your own, for each place where your experts work: statements then show
          what an hour really earned against it.
        </EmptyState>
      )}
      {floors.data && floors.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Floors"
            rows={floors.data}
            columns={columns}
            id={({ place, currency, from }) => `${place} ${currency} ${from}`}
          />
        </div>
      )}
    </Stack>
  );
}

const columns: Column<Floor>[] = [
  { title: 'Place', value: ({ place }) => place, filter: true },
  { title: 'From', value: ({ from }) => from },
  {
    title: 'An hour',
    value: ({ hour }) => hour,
    show: ({ hour, currency }) => money(hour, currency),
    numeric: true,
  },
  { title: 'What is missing', value: ({ topUp }) => (topUp ? 'is paid with the statement' : 'is shown') },
];

function Add() {
  const add = useAct((floor: Floor) => post('/api/desk/pay/floors', floor));
  const [place, setPlace] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [from, setFrom] = useState('');
  const [hour, setHour] = useState(0);
  const [topUp, setTopUp] = useState(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ place: place.trim().toUpperCase(), currency, from, hour, topUp });
  };
  return (
    <form onSubmit={submit} className="panel">
      <Stack gap="xs">
        <Group align="flex-end">
          <TextInput
            label="Place (ISO 3166)"
            placeholder="DE or US-CA"
            required
            withAsterisk={false}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
          <TextInput
            label="Currency"
            maxLength={3}
            w={90}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <TextInput
            label="From day"
            type="date"
            required
            withAsterisk={false}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <MoneyInput label="An hour" currency={currency} minor={hour} change={setHour} />
          <Button type="submit" loading={add.isPending} disabled={hour === 0}>
            Add
          </Button>
        </Group>
        <Checkbox
          label="Pay what is missing with the next statement"
          checked={topUp}
          onChange={(event) => setTopUp(event.currentTarget.checked)}
        />
        <Text c="dimmed">A floor is never changed; a later one takes its place from its day on.</Text>
        <ProblemNotice error={add.error} />
      </Stack>
    </form>
  );
}
