import { Button, Group, Stack, Switch, Table, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/notice';

/** Asks for a few words and passes them on. */
export function WordsDialog({
  title,
  hint,
  label,
  action,
  required,
  words,
  setWords,
  send,
  close,
}: {
  title: string;
  hint: string;
  label: string;
  action: string;
  required: boolean;
  /** Held by whoever opens the dialog, so that closing it by accident loses nothing. */
  words: string;
  setWords: (words: string) => void;
  send: (words: string) => Promise<void>;
  close: () => void;
}) {
  const [empty, setEmpty] = useState(false);
  const sending = useMutation({ mutationFn: send, onSuccess: close });
  const submit = () => {
    if (sending.isPending || sending.isSuccess) return;
    if (required && words.trim() === '') setEmpty(true);
    else sending.mutate(words.trim());
  };
  return (
    <Dialog close={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <Text>{hint}</Text>
          <Textarea
            label={label}
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={words}
            error={empty && words.trim() === '' ? 'Some words are needed.' : undefined}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              const asked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat;
              if (asked && !event.nativeEvent.isComposing) submit();
            }}
          />
          <ProblemNotice error={sending.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={sending.isPending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

export type KeyHelp = readonly (readonly [keys: string, meaning: string])[];

export function KeysDialog({
  keys,
  single,
  setSingle,
  close,
}: {
  keys: KeyHelp;
  single: boolean;
  setSingle(on: boolean): void;
  close: () => void;
}) {
  return (
    <Dialog close={close} title="Keys">
      <Stack gap="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Key</Table.Th>
              <Table.Th scope="col">What it does</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map(([key, meaning]) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <kbd>{key}</kbd>
                </Table.Td>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text c="dimmed">Keys keep quiet while you type in a field or compose with an input method.</Text>
        <Switch
          label="Single-character keys"
          description="Turn off if you dictate, or press keys by accident. Ctrl+Enter stays."
          checked={single}
          onChange={(event) => setSingle(event.currentTarget.checked)}
        />
      </Stack>
    </Dialog>
  );
}
