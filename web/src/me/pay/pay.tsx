import { Stack, Text, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useAt } from '../../vendor/asking';
import type { Dispute, Statement, StatementPage, Withholding } from '../../vendor/pay/types';
import { disputeStates, withholdingStates } from '../../vendor/pay/words';
import { hours } from '../../vendor/work';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { counted, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { ExactTime, Time } from '../../ui/time';
import { DisputeWords, Evidence } from './opened';
import { Where } from './where';

export interface MyPay {
  zone: string;
  place: string | null;
  hasDetails: boolean;
  open: { currency: string; amount: number; seconds: number; entries: number }[];
}

/** What is earned, stated, disputed and withheld, and where it goes. */
export default function Pay() {
  const pay = useAt<MyPay>('/api/me/pay', 60_000);
  const statements = useAt<StatementPage>('/api/me/pay/statements');
  const disputes = useAt<Dispute[]>('/api/me/pay/disputes');
  const withheld = useAt<Withholding[]>('/api/me/pay/withholdings');
  const navigate = useNavigate();
  return (
    <Page title="Pay">
      <Stack gap="lg">
        <ProblemNotice error={pay.error ?? statements.error} retry={() => void pay.refetch()} />
        {pay.isPending && <Loading what="Adding up" />}
        {pay.data && !pay.data.hasDetails && (
          <Notice tone="attention" title="Say where your money goes">
            <Text>
              Without an account you are left out of payouts. What you earn is kept for you until then.
            </Text>
          </Notice>
        )}
        {pay.data && (
          <section aria-labelledby="earned" className="panel">
            <Title order={2} id="earned">
              Earned, in no statement yet
            </Title>
            {pay.data.open.length === 0 ? (
              <Text c="dimmed">Nothing yet. Work shows here as soon as the lab tells of it.</Text>
            ) : (
              pay.data.open.map((open) => (
                <Text key={open.currency}>
                  <strong>{money(open.amount, open.currency)}</strong> for {hours(open.seconds)} in{' '}
                  {counted(open.entries, 'entry', 'entries')}
                </Text>
              ))
            )}
          </section>
        )}
        <section aria-labelledby="statements">
          <Title order={2} id="statements" mb="xs">
            Statements
          </Title>
          {statements.data?.rows.length === 0 && (
            <EmptyState title="No statement yet">
              The first one comes when payroll closes a period in which you worked. Every line of it can be
              checked by hand and disputed.
            </EmptyState>
          )}
          {statements.data && statements.data.rows.length > 0 && (
            <div className="panel">
              <DataTable
                caption="Statements"
                rows={statements.data.rows}
                columns={columns}
                id={({ id }) => id}
                open={({ id }) => void navigate(`/me/pay/${id}`)}
              />
            </div>
          )}
        </section>
        {withheld.data && withheld.data.length > 0 && (
          <section aria-labelledby="withheld">
            <Title order={2} id="withheld" mb="xs">
              Withheld
            </Title>
            <ul className="bare">
              {withheld.data.map((one) => (
                <li key={one.id} className="panel">
                  Entry {one.entry}:{' '}
                  <State tone={one.state === 'open' ? 'attention' : 'neutral'}>
                    {withholdingStates[one.state]}
                  </State>{' '}
                  since <Time value={one.madeAt} />.{' '}
                  {one.state === 'open' && (
                    <>
                      A second person decides by <ExactTime value={one.decideBy} />; otherwise it is paid.
                    </>
                  )}
                  <Evidence id={one.id} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {disputes.data && disputes.data.length > 0 && (
          <section aria-labelledby="disputes">
            <Title order={2} id="disputes" mb="xs">
              Your disputes
            </Title>
            <ul className="bare">
              {disputes.data.map((one) => (
                <li key={one.id} className="panel">
                  Entry {one.entry}:{' '}
                  <State tone={one.overdue ? 'stopped' : one.state === 'open' ? 'attention' : 'neutral'}>
                    {disputeStates[one.state]}
                  </State>{' '}
                  {one.state === 'open' && (
                    <>
                      {one.overdue ? 'An answer was due' : 'An answer is due'} by{' '}
                      <ExactTime value={one.answerBy} />.
                    </>
                  )}
                  {one.settled !== null && ` Put right by entry ${one.settled}.`}
                  <DisputeWords id={one.id} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {pay.data && <Where key={`${pay.data.zone} ${pay.data.place}`} pay={pay.data} />}
      </Stack>
    </Page>
  );
}

const columns: Column<Statement>[] = [
  { title: 'Number', value: ({ number }) => number },
  { title: 'Days', value: ({ from, until }) => `${from} to ${until}` },
  { title: 'Lines', value: ({ lines }) => lines, numeric: true },
  {
    title: 'Total',
    value: ({ total }) => total,
    show: ({ total, currency }) => money(total, currency),
    numeric: true,
  },
  {
    title: 'State',
    value: ({ paid }) => (paid ? 'in an approved payout' : 'not paid out yet'),
    show: ({ paid }) =>
      paid ? <State tone="good">In an approved payout</State> : <State>Not paid out yet</State>,
  },
];
