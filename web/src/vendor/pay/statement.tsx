import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { askPlain } from '../../api/client';
import { useOpened } from '../asking';
import { hours } from '../work';
import { DataTable, type Column } from '../../ui/data-table';
import { count, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { ExactTime, Time } from '../../ui/time';
import type { Entry, StatementContent, StatementRate } from './types';
import { entryName, reckoning } from './words';

/**
 * A statement with all that is needed to work out each amount by hand.
 * @param base Where the statements are: `/api/me/pay` or `/api/desk/pay`.
 */
export function StatementLines({
  base,
  id,
  act,
}: {
  base: string;
  id: string;
  /** What can be done about a line. */
  act?: (entry: Entry) => ReactNode;
}) {
  const content = useInfiniteQuery({
    queryKey: ['vendor', base, 'statement', id],
    queryFn: ({ pageParam }) => askPlain<StatementContent>('GET', `${base}/statements/${id}?after=${pageParam}`),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const first = content.data?.pages[0];
  if (!first)
    return content.error ? (
      <ProblemNotice error={content.error} retry={() => void content.refetch()} />
    ) : (
      <Loading what="Opening the statement" />
    );
  const { statement, rates } = first;
  const lines = content.data!.pages.flatMap((page) => page.lines);
  const sum = lines.reduce((total, line) => total + line.amount, 0);
  const columns: Column<Entry>[] = [
    { title: 'Entry', value: ({ entry }) => entry, show: ({ entry }) => count(entry), numeric: true },
    { title: 'Day', value: ({ day }) => day, show: ({ day, at }) => <time dateTime={at} title={at}>{day}</time> },
    {
      title: 'For',
      value: entryName,
      show: (entry) => (
        <>
          {entryName(entry)} {entry.hasWords && base.includes('/me/') && <Words base={base} entry={entry.entry} />}
        </>
      ),
    },
    { title: 'Time', value: ({ counted }) => counted, show: ({ counted }) => (counted === 0 ? '' : hours(counted)), numeric: true },
    { title: 'How it comes about', value: reckoning },
    {
      title: 'Amount',
      value: ({ amount }) => amount,
      show: ({ amount, currency }) => money(amount, currency),
      numeric: true,
    },
    ...(act ? [{ title: 'Act', value: () => '', show: act } satisfies Column<Entry>] : []),
  ];
  return (
    <Stack gap="md">
      <dl className="facts panel">
        <div>
          <dt>Total</dt>
          <dd>
            <strong>{money(statement.total, statement.currency)}</strong>{' '}
            {statement.paid ? <State tone="good">In an approved payout</State> : <State>Not paid out yet</State>}
          </dd>
        </div>
        <div>
          <dt>Days</dt>
          <dd>
            {statement.from} to {statement.until}, by the clock of {statement.zone}
          </dd>
        </div>
        <div>
          <dt>Made</dt>
          <dd>
            <Time value={statement.madeAt} />
          </dd>
        </div>
        <div>
          <dt>Sum of the lines</dt>
          <dd>
            {content.hasNextPage
              ? `${money(sum, statement.currency)} for the first ${count(lines.length)} of ${count(statement.lines)}`
              : sum === statement.total
                ? 'is the total'
                : `${money(sum, statement.currency)}: not the total. Tell payroll.`}
          </dd>
        </div>
        <div>
          <dt>Ledger</dt>
          <dd className="mono">
            entry {statement.head}, {statement.headHash}
          </dd>
        </div>
      </dl>
      <HourlyRates rates={rates} currency={statement.currency} />
      <div className="panel">
        <DataTable caption="Lines" rows={lines} columns={columns} id={({ entry }) => String(entry)} />
        <Group mt="xs">
          {content.hasNextPage && (
            <Button variant="default" loading={content.isFetchingNextPage} onClick={() => void content.fetchNextPage()}>
              Load more lines
            </Button>
          )}
          <Button component="a" href={`${base}/statements/${id}/csv`} download variant="default">
            Download as CSV
          </Button>
        </Group>
      </div>
      <Text c="dimmed">
        Amounts are in whole minor units; what rounding leaves over is carried into the next entry of the same engagement,
        so that nothing is lost. Keep the ledger’s hash to show later that nothing before was changed.
      </Text>
    </Stack>
  );
}

/** What an hour earned on each engagement, against the floor of the place. */
function HourlyRates({ rates, currency }: { rates: StatementRate[]; currency: string }) {
  if (rates.length === 0) return null;
  return (
    <section aria-labelledby="hourly">
      <Title order={2} id="hourly" mb="xs">
        What an hour earned
      </Title>
      <ul className="panel plain">
        {rates.map((rate) => (
          <li key={rate.engagement}>
            {rate.hour === null ? 'No time was worked' : `${money(rate.hour, currency)} an hour`} over{' '}
            {hours(rate.seconds)}: <Floor rate={rate} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Floor({ rate, currency }: { rate: StatementRate; currency: string }) {
  if (rate.shortfall > 0)
    return rate.toppedUp >= rate.shortfall ? (
      <State tone="good">{money(rate.shortfall, currency)} were missing to the floor and are topped up</State>
    ) : (
      <State tone="stopped">{money(rate.shortfall - rate.toppedUp, currency)} below the floor of the place</State>
    );
  if (rate.unknown > 0)
    return <State tone="attention">no floor is known for {hours(rate.unknown)} of it</State>;
  return <State tone="good">not below the floor of the place</State>;
}

function Words({ base, entry }: { base: string; entry: number }) {
  const [asked, setAsked] = useState(false);
  const words = useOpened<{ words: string }>(asked ? `${base}/entries/${entry}/words` : null);
  if (words.data) return <q>{words.data.words}</q>;
  return (
    <>
      <Button variant="default" loading={words.isFetching} onClick={() => setAsked(true)}>
        Why?<span className="visually-hidden"> (entry {entry})</span>
      </Button>
      <ProblemNotice error={words.error} />
    </>
  );
}

/** A clock that runs: when it ends, and that it has. */
export function Clock({ by, overdue }: { by: string; overdue: boolean }) {
  return overdue ? (
    <State tone="stopped">
      was due <Time value={by} />
    </State>
  ) : (
    <ExactTime value={by} />
  );
}
