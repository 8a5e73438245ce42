import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post, useAct, useAt, useOpened } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import { Form } from '../../vendor/form';
import { MoneyInput } from '../../ui/money-input';
import { Clock } from '../../vendor/pay/statement';
import type { Dispute, DisputeContent } from '../../vendor/pay/types';
import { disputeStates, entryName, reckoning } from '../../vendor/pay/words';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Explained } from './correct';

/** What experts object to, by the clock of each. */
export default function Disputes() {
  const disputes = useAt<Dispute[]>('/api/desk/pay/disputes', 60_000);
  const [shown, setShown] = useState<Dispute | null>(null);
  return (
    <Stack gap="md">
      <ProblemNotice error={disputes.error} retry={() => void disputes.refetch()} />
      {disputes.isPending && <Loading what="Looking what is disputed" />}
      {disputes.data?.length === 0 && (
        <EmptyState title="No dispute">Experts can object to every line of a statement.</EmptyState>
      )}
      {disputes.data && disputes.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Disputes"
            rows={disputes.data}
            columns={columns}
            id={({ id }) => id}
            open={setShown}
          />
        </div>
      )}
      {shown && <One dispute={shown} close={() => setShown(null)} />}
    </Stack>
  );
}

const columns: Column<Dispute>[] = [
  { title: 'Entry', value: ({ entry }) => entry },
  { title: 'State', value: ({ state }) => disputeStates[state], filter: true },
  {
    title: 'Answer by',
    value: ({ answerBy }) => answerBy,
    show: ({ answerBy, overdue, state }) =>
      state === 'open' ? <Clock by={answerBy} overdue={overdue} /> : '',
  },
  {
    title: 'Expert',
    value: ({ expert }) => expert,
    show: ({ expert }) => <Id value={expert} label="expert" />,
  },
];

function One({ dispute, close }: { dispute: Dispute; close: () => void }) {
  const content = useOpened<DisputeContent>(`/api/desk/pay/disputes/${dispute.id}`);
  const payroll = isPayroll(useVendor());
  const [answering, setAnswering] = useState(false);
  if (answering && content.data) return <Answer content={content.data} close={close} />;
  return (
    <Dialog title={`Dispute of entry ${dispute.entry}`} close={close} size="lg">
      <Stack gap="sm">
        {content.isPending && <Loading what="Opening, with a receipt that the expert sees" />}
        <ProblemNotice error={content.error} />
        {content.data && (
          <>
            <Text>
              {entryName(content.data.entry)} on {content.data.entry.day}:{' '}
              {money(content.data.entry.amount, content.data.entry.currency)} ({reckoning(content.data.entry)}
              )
            </Text>
            <Text className="whole">The expert: {content.data.words}</Text>
            {content.data.answer && <Text className="whole">Answer: {content.data.answer}</Text>}
            {payroll && dispute.state === 'open' && (
              <Button onClick={() => setAnswering(true)}>Answer…</Button>
            )}
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function Answer({ content, close }: { content: DisputeContent; close: () => void }) {
  const [uphold, setUphold] = useState(true);
  const [amount, setAmount] = useState(0);
  const [words, setWords] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const act = useAct(() =>
    post(`/api/desk/pay/disputes/${content.dispute.id}/answer`, {
      uphold,
      words,
      amount: uphold ? amount : 0,
      id,
    }),
  );
  return (
    <Form
      title={`Answer the dispute of entry ${content.dispute.entry}`}
      send="Answer"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Checkbox
        label="The expert is right"
        description="What is withheld of the entry is released, and what you name below is added. Otherwise the entry stands."
        checked={uphold}
        onChange={(event) => setUphold(event.currentTarget.checked)}
      />
      {uphold && (
        <MoneyInput label="Added" currency={content.entry.currency} minor={amount} change={setAmount} />
      )}
      <Explained label="Your answer" value={words} change={setWords} />
    </Form>
  );
}
