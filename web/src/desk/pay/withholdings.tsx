import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post, useAct, useAt, useOpened } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import { Form } from '../../vendor/form';
import type { Withholding, WithholdingContent } from '../../vendor/pay/types';
import { entryName, withholdingStates } from '../../vendor/pay/words';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Explained } from './correct';

/** Pay that is held back, each by a named person, with evidence and a clock. */
export default function Withholdings() {
  const withheld = useAt<Withholding[]>('/api/desk/pay/withholdings', 60_000);
  const [shown, setShown] = useState<Withholding | null>(null);
  return (
    <Stack gap="md">
      <ProblemNotice error={withheld.error} retry={() => void withheld.refetch()} />
      {withheld.isPending && <Loading what="Looking what is withheld" />}
      {withheld.data?.length === 0 && (
        <EmptyState title="Nothing is withheld">
          Pay is withheld from a statement’s line only, by a named person, with evidence.
        </EmptyState>
      )}
      {withheld.data && withheld.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Withholdings" rows={withheld.data} columns={columns} id={({ id }) => id} open={setShown} />
        </div>
      )}
      {shown && <One withholding={shown} close={() => setShown(null)} />}
    </Stack>
  );
}

const columns: Column<Withholding>[] = [
  { title: 'Entry', value: ({ entry }) => entry },
  { title: 'State', value: ({ state }) => withholdingStates[state], filter: true },
  {
    title: 'Paid unless decided by',
    value: ({ decideBy }) => decideBy,
    show: ({ decideBy, state }) => (state === 'open' ? <Time value={decideBy} /> : ''),
  },
  { title: 'Withheld by', value: ({ by }) => by, show: ({ by }) => <Id value={by} label="person" /> },
  { title: 'Expert', value: ({ expert }) => expert, show: ({ expert }) => <Id value={expert} label="expert" /> },
];

function One({ withholding, close }: { withholding: Withholding; close: () => void }) {
  const content = useOpened<WithholdingContent>(`/api/desk/pay/withholdings/${withholding.id}`);
  const vendor = useVendor();
  const [deciding, setDeciding] = useState(false);
  const mine = withholding.by === vendor.person;
  if (deciding) return <Decide withholding={withholding} close={close} />;
  return (
    <Dialog title={`Withheld: entry ${withholding.entry}`} close={close} size="lg">
      <Stack gap="sm">
        {content.isPending && <Loading what="Opening, with a receipt that the expert sees" />}
        <ProblemNotice error={content.error} />
        {content.data && (
          <>
            <Text>
              {entryName(content.data.entry)} on {content.data.entry.day}:{' '}
              {money(content.data.entry.amount, content.data.entry.currency)}
            </Text>
            <Text className="whole">Evidence: {content.data.evidence}</Text>
            {content.data.words && <Text className="whole">Decision: {content.data.words}</Text>}
            {withholding.state === 'open' &&
              isPayroll(vendor) &&
              (mine ? (
                <Text c="dimmed">You withheld it, so somebody else decides.</Text>
              ) : (
                <Button onClick={() => setDeciding(true)}>Decide…</Button>
              ))}
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function Decide({ withholding, close }: { withholding: Withholding; close: () => void }) {
  const [release, setRelease] = useState(true);
  const [words, setWords] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const act = useAct(() => post(`/api/desk/pay/withholdings/${withholding.id}/decision`, { release, words, id }));
  return (
    <Form
      title={`Decide on entry ${withholding.entry}`}
      send="Decide"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Checkbox
        label="Pay it after all"
        description="Otherwise it stays withheld, and the expert can dispute that."
        checked={release}
        onChange={(event) => setRelease(event.currentTarget.checked)}
      />
      <Explained label="Why" value={words} change={setWords} />
    </Form>
  );
}
