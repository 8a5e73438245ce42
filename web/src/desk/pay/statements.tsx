import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { askPlain } from '../../api/client';
import { post, useAct } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import type { Statement, StatementPage } from '../../vendor/pay/types';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { counted, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';

/** Statements that were made, and the making of those that are due. */
export default function Statements() {
  const navigate = useNavigate();
  const payroll = isPayroll(useVendor());
  const statements = useInfiniteQuery({
    queryKey: ['vendor', 'statements'],
    queryFn: ({ pageParam }) =>
      askPlain<StatementPage>('GET', `/api/desk/pay/statements${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = statements.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Stack gap="md">
      {payroll && <Make />}
      <ProblemNotice error={statements.error} retry={() => void statements.refetch()} />
      {statements.isPending && <Loading what="Looking which statements there are" />}
      {statements.data && rows.length === 0 && (
        <EmptyState title="No statement yet">
          They are made of the ledger’s entries up to a day; each entry is stated once.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Statements"
            rows={rows}
            columns={columns}
            id={({ id }) => id}
            open={({ id }) => void navigate(`/desk/pay/statements/${id}`)}
          />
          {statements.hasNextPage && (
            <Button
              variant="default"
              mt="xs"
              loading={statements.isFetchingNextPage}
              onClick={() => void statements.fetchNextPage()}
            >
              Load more
            </Button>
          )}
        </div>
      )}
    </Stack>
  );
}

const columns: Column<Statement>[] = [
  { title: 'Made', value: ({ madeAt }) => madeAt, show: ({ madeAt }) => <Time value={madeAt} /> },
  { title: 'Expert', value: ({ expert }) => expert, show: ({ expert }) => <Id value={expert} label="expert" /> },
  { title: 'Number', value: ({ number }) => number, numeric: true },
  { title: 'Days', value: ({ from, until }) => `${from} to ${until}` },
  { title: 'Lines', value: ({ lines }) => lines, numeric: true },
  { title: 'Total', value: ({ total }) => total, show: ({ total, currency }) => money(total, currency), numeric: true },
  {
    title: 'State',
    value: ({ paid }) => (paid ? 'in an approved payout' : 'not paid out yet'),
    show: ({ paid }) => (paid ? <State tone="good">In an approved payout</State> : <State>Not paid out yet</State>),
    filter: true,
  },
];

function Make() {
  const make = useAct((until: string) =>
    post<{ statements: number; waiting: number }>('/api/desk/pay/statements', { until }),
  );
  const [until, setUntil] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(until);
  };
  return (
    <form onSubmit={submit} className="panel">
      <Group align="flex-end">
        <TextInput
          label="Make statements up to this day"
          type="date"
          required
          withAsterisk={false}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button type="submit" loading={make.isPending}>
          Make them
        </Button>
      </Group>
      <Text c="dimmed" mt="xs">
        For everybody who has entries that are in no statement, by each person’s own calendar. Withholdings whose clock ran
        out are released into them, and what is missing to a floor is topped up. A statement is never changed afterwards.
      </Text>
      <ProblemNotice error={make.error} />
      {make.data && (
        <Notice tone="good" title={`${counted(make.data.statements, 'statement')} made`} live>
          {make.data.waiting > 0 && (
            <Text>For {counted(make.data.waiting, 'person', 'people')} the day is not over yet.</Text>
          )}
        </Notice>
      )}
    </form>
  );
}
