import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import type { Entry } from '../../vendor/pay/types';
import { entryName, entryReasons } from '../../vendor/pay/words';
import { money } from '../../ui/format';
import { Explained } from './correct';

const reasons = ['integrity', 'wrongEvent', 'miscounted', 'other'];

/** Takes pay back for now: with evidence, in one's own name, under a clock. */
export function Withhold({ entry, close }: { entry: Entry; close: () => void }) {
  const [reason, setReason] = useState(reasons[0]!);
  const [evidence, setEvidence] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const act = useAct(() =>
    post('/api/desk/pay/withholdings', { entry: entry.entry, reason, evidence, id }),
  );
  return (
    <Form
      title={`Withhold entry ${entry.entry}`}
      send="Withhold it in my name"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>
        {entryName(entry)} on {entry.day}: {money(entry.amount, entry.currency)}. The expert sees at once that you withheld
        it, and your evidence. A second person decides within 14 days; if nobody does, it is paid.
      </Text>
      <NativeSelect
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data={reasons.map((value) => ({ value, label: entryReasons[value]! }))}
      />
      <Explained label="Evidence: tasks, times, what was seen" value={evidence} change={setEvidence} />
    </Form>
  );
}
