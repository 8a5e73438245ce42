import { NativeSelect, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import { MoneyInput } from '../../ui/money-input';
import type { Entry } from '../../vendor/pay/types';
import { entryName, entryReasons } from '../../vendor/pay/words';
import { money } from '../../ui/format';

const reasons = ['miscounted', 'wrongRate', 'wrongEvent', 'overBound', 'other'];

/** Puts an entry right by a new one, with a reason that the expert reads. */
export function Correct({ entry, close }: { entry: Entry; close: () => void }) {
  const [amount, setAmount] = useState(0);
  const [minutes, setMinutes] = useState(0);
  const [reason, setReason] = useState(reasons[0]!);
  const [words, setWords] = useState('');
  const [named, setNamed] = useState('');
  const currency = entry.currency || named;
  const [id] = useState(() => crypto.randomUUID());
  const act = useAct(() =>
    post('/api/desk/pay/corrections', {
      entry: entry.entry,
      amount,
      seconds: Math.round(minutes * 60),
      reason,
      words,
      currency: entry.currency ? null : named,
      id,
    }),
  );
  return (
    <Form
      title={`Correct entry ${entry.entry}`}
      send="Add the correction"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>
        {entryName(entry)} on {entry.day}: {money(entry.amount, entry.currency)}. It stays as it is; a new
        entry beside it says what is added or taken back, by whom and why. No more can be taken back than was
        paid.
      </Text>
      {!entry.currency && (
        <TextInput
          label="Currency"
          required
          withAsterisk={false}
          maxLength={3}
          value={named}
          onChange={(event) => setNamed(event.currentTarget.value.toUpperCase())}
        />
      )}
      <MoneyInput
        label="Added"
        description="Below nothing: taken back."
        currency={currency}
        minor={amount}
        change={setAmount}
        negative
      />
      <NumberInput
        label="Paid minutes added"
        decimalScale={2}
        w={160}
        value={minutes}
        onChange={(value) => setMinutes(Number(value))}
      />
      <NativeSelect
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data={reasons.map((value) => ({ value, label: entryReasons[value]! }))}
      />
      <Explained label="Why" value={words} change={setWords} />
    </Form>
  );
}

/** Words that the expert reads. */
export function Explained({
  label,
  value,
  change,
}: {
  label: string;
  value: string;
  change: (words: string) => void;
}) {
  return (
    <Textarea
      label={label}
      description="The expert reads it. Sealed under the expert’s key."
      required
      withAsterisk={false}
      autosize
      minRows={3}
      maxLength={4000}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
