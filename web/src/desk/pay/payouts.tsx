import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct, useAt } from '../../vendor/asking';
import { DataTable, type Column } from '../../ui/data-table';
import { counted, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { PayoutDialog } from './payout';
import type { Payout } from './types';

/** Statements that are paid together: put together by one person, approved by another, then made into a file for the bank. */
export default function Payouts() {
  const payouts = useAt<Payout[]>('/api/desk/pay/payouts');
  const [shown, setShown] = useState<string | null>(null);
  return (
    <Stack gap="md">
      <Propose />
      <ProblemNotice error={payouts.error} retry={() => void payouts.refetch()} />
      {payouts.isPending && <Loading what="Looking which payouts there are" />}
      {payouts.data && payouts.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Payouts"
            rows={payouts.data}
            columns={columns}
            id={({ id }) => id}
            open={({ id }) => setShown(id)}
          />
        </div>
      )}
      {shown && <PayoutDialog id={shown} close={() => setShown(null)} />}
    </Stack>
  );
}

const states = {
  proposed: ['Waits for a second person', 'attention'],
  approved: ['Approved', 'good'],
  withdrawn: ['Given up', 'neutral'],
} as const;

const columns: Column<Payout>[] = [
  { title: 'Payout', value: ({ messageId }) => messageId },
  {
    title: 'State',
    value: ({ state }) => states[state][0],
    show: ({ state }) => <State tone={states[state][1]}>{states[state][0]}</State>,
    filter: true,
  },
  { title: 'Pay on', value: ({ executeOn }) => executeOn },
  { title: 'People', value: ({ transfers }) => transfers, numeric: true },
  { title: 'Total', value: ({ total }) => total, show: ({ total, currency }) => money(total, currency), numeric: true },
];

function Propose() {
  const propose = useAct((body: { currency: string; until: string; executeOn: string }) =>
    post<{ payout: Payout; withoutDetails: number; belowNothing: number }>('/api/desk/pay/payouts', body),
  );
  const [currency, setCurrency] = useState('EUR');
  const [until, setUntil] = useState('');
  const [executeOn, setExecute] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    propose.mutate({ currency, until, executeOn });
  };
  return (
    <section aria-labelledby="propose" className="panel">
      <Title order={2} id="propose" mb="xs">
        Put a payout together
      </Title>
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput
            label="Currency"
            maxLength={3}
            required
            withAsterisk={false}
            w={90}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <TextInput
            label="Statements for days up to"
            type="date"
            required
            withAsterisk={false}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <TextInput
            label="The bank pays on"
            type="date"
            required
            withAsterisk={false}
            value={executeOn}
            onChange={(event) => setExecute(event.currentTarget.value)}
          />
          <Button type="submit" loading={propose.isPending}>
            Put together
          </Button>
        </Group>
      </form>
      <Text c="dimmed" mt="xs">
        Nothing is paid by this: another person of payroll approves exactly what was put together, and only then there is a
        file. Moving the money is the bank’s.
      </Text>
      <ProblemNotice error={propose.error} safe="No payout was put together." />
      {propose.data && (
        <Notice tone="good" title={`${counted(propose.data.payout.transfers, 'person', 'people')}, ${money(propose.data.payout.total, propose.data.payout.currency)}`} live>
          {propose.data.withoutDetails > 0 && (
            <Text>
              Left out: {counted(propose.data.withoutDetails, 'person has', 'people have')} not said where their money goes.
            </Text>
          )}
          {propose.data.belowNothing > 0 && (
            <Text>Left out: {counted(propose.data.belowNothing, 'person is', 'people are')} owed nothing.</Text>
          )}
        </Notice>
      )}
    </section>
  );
}
