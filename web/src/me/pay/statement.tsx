import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Form } from '../../vendor/form';
import { post, useAct } from '../../vendor/asking';
import { StatementLines } from '../../vendor/pay/statement';
import type { Entry } from '../../vendor/pay/types';
import { entryName } from '../../vendor/pay/words';
import { money } from '../../ui/format';
import { Page } from '../../ui/page';

/** One's own statement; each line can be disputed. */
export default function Statement() {
  const { statement = '' } = useParams();
  const [disputed, setDisputed] = useState<Entry | null>(null);
  return (
    <Page title="Pay statement">
      <StatementLines
        base="/api/me/pay"
        id={statement}
        act={(entry) => (
          <Button variant="default" onClick={() => setDisputed(entry)}>
            Dispute…<span className="visually-hidden"> entry {entry.entry}</span>
          </Button>
        )}
      />
      {disputed && <Dispute entry={disputed} close={() => setDisputed(null)} />}
    </Page>
  );
}

function Dispute({ entry, close }: { entry: Entry; close: () => void }) {
  const [words, setWords] = useState('');
  // One id for every try, so that an answer that was lost on the line makes no second dispute.
  const [id] = useState(() => crypto.randomUUID());
  const act = useAct(() => post('/api/me/pay/disputes', { entry: entry.entry, words, id }));
  return (
    <Form
      title={`Dispute entry ${entry.entry}`}
      send="Send the dispute"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>
        {entryName(entry)} on {entry.day}: {money(entry.amount, entry.currency)}.
      </Text>
      <Text c="dimmed">
        Somebody of payroll who decided nothing about this entry before answers within seven days, in words that you read.
        What you say is sealed under your key. To dispute counts for nothing against you.
      </Text>
      <Textarea
        label="What is wrong with it"
        required
        withAsterisk={false}
        autosize
        minRows={3}
        maxLength={4000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </Form>
  );
}
