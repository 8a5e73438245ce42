import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, useAct, useAt } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import type { Entry, StatementRate } from '../../vendor/pay/types';
import { entryName, reckoning } from '../../vendor/pay/words';
import { hours } from '../../vendor/work';
import { count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Correct } from './correct';

interface Found {
  overBound: Entry[];
  unrated: Entry[];
  belowFloor: StatementRate[];
}

/** What of the ledger a person has to look at, and whether all of it agrees. */
export default function Findings() {
  const found = useAt<Found>('/api/desk/pay/findings');
  const [correcting, setCorrecting] = useState<Entry | null>(null);
  const payroll = isPayroll(useVendor());
  const list = (entries: Entry[]) => (
    <ul className="bare">
      {entries.map((entry) => (
        <li key={entry.entry} className="panel">
          <Group justify="space-between">
            <Text>
              Entry {entry.entry}, {entry.day}: {entryName(entry)}; {hours(entry.seconds)} reported,{' '}
              {hours(entry.counted)} counted. {reckoning(entry)}
            </Text>
            {payroll && (
              <Button variant="default" onClick={() => setCorrecting(entry)}>
                Put right…<span className="visually-hidden"> entry {entry.entry}</span>
              </Button>
            )}
          </Group>
        </li>
      ))}
    </ul>
  );
  return (
    <Stack gap="md">
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Loading what="Looking through the ledger" />}
      {found.data && (
        <>
          <section aria-labelledby="over">
            <Title order={2} id="over">
              Time over a bound: {count(found.data.overBound.length)}
            </Title>
            <Text c="dimmed">
              The rest is unpaid until a person pays it by a correction. Nothing is cut by itself for good.
            </Text>
            {list(found.data.overBound)}
          </section>
          <section aria-labelledby="unrated">
            <Title order={2} id="unrated">
              Work that no rate covered: {count(found.data.unrated.length)}
            </Title>
            {list(found.data.unrated)}
          </section>
          <section aria-labelledby="below">
            <Title order={2} id="below">
              Statements below a floor, or with none known: {count(found.data.belowFloor.length)}
            </Title>
            <ul className="bare">
              {found.data.belowFloor.map((rate) => (
                <li key={`${rate.statement} ${rate.engagement}`} className="panel">
                  <Link to={`/desk/pay/statements/${rate.statement}`}>Statement</Link>: {hours(rate.seconds)}{' '}
                  worked
                  {rate.unknown > 0 && `, no floor known for ${hours(rate.unknown)}`}
                  {rate.shortfall > rate.toppedUp && ', below the floor of the place'}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      <Check />
      {correcting && <Correct entry={correcting} close={() => setCorrecting(null)} />}
    </Stack>
  );
}

function Check() {
  const check = useAct(() =>
    post<{ entries: number; marks: number; faults: { entry: number | null; what: string }[] }>(
      '/api/desk/pay/check',
    ),
  );
  return (
    <section aria-labelledby="check" className="panel">
      <Title order={2} id="check" mb="xs">
        Check the whole ledger
      </Title>
      <Text>
        Goes through every entry: numbers, chain, each amount by its own rate, statements and payouts by their
        sums.
      </Text>
      <Group mt="xs">
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate(undefined)}>
          Check it
        </Button>
      </Group>
      <ProblemNotice error={check.error} />
      {check.data &&
        (check.data.faults.length === 0 ? (
          <Notice tone="good" title={`${counted(check.data.entries, 'entry', 'entries')} agree`} live>
            Held against {counted(check.data.marks, 'mark')} in the vault.
          </Notice>
        ) : (
          <Notice tone="stopped" title="The ledger does not agree with itself" live>
            <ul>
              {check.data.faults.map(({ entry, what }, at) => (
                <li key={at}>
                  {entry !== null && `Entry ${entry}: `}
                  {what}
                </li>
              ))}
            </ul>
          </Notice>
        ))}
    </section>
  );
}
