import { Button, Group, Stack, Switch, Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Dialog } from '../ui/dialog';
import type { Bindings } from './bindings';
import { nameOf } from './keys';
import type { FormKeys } from './question-keys';

/** The room's keys: what each does, and a button to give an action another one. */
export default function KeysDialog({
  bindings,
  formKeys,
  single,
  setSingle,
  close,
}: {
  bindings: Bindings;
  /** Keys that the form gives to answers. */
  formKeys: readonly FormKeys[];
  single: boolean;
  setSingle(on: boolean): void;
  close: () => void;
}) {
  const [choosing, setChoosing] = useState<string | null>(null);
  useChosenKey(choosing, (key) => {
    if (key) bindings.bind(choosing!, key);
    setChoosing(null);
  });
  const byForm = new Set(formKeys.flatMap(({ keys }) => keys));
  return (
    <Dialog close={() => choosing === null && close()} title="Keys" size="lg">
      <Stack gap="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Key</Table.Th>
              <Table.Th scope="col">What it does</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {formKeys.map(({ keys, words }, index) => (
              <Table.Tr key={index}>
                <Table.Td>
                  {keys.slice(0, 9).map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                  {keys.length > 9 && ' …'}
                </Table.Td>
                <Table.Td dir="auto">{words}</Table.Td>
              </Table.Tr>
            ))}
            {bindings.actions.map(({ id, words }) => {
              const key = bindings.keyOf(id);
              return (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-label={`Key of: ${words}. Now ${key}. Choose another`}
                      onClick={() => setChoosing(id)}
                    >
                      {choosing === id ? 'press a key…' : <kbd>{key}</kbd>}
                    </Button>
                  </Table.Td>
                  <Table.Td>
                    {words}
                    {bindings.conflicts.has(id) && (
                      <Text component="span" c="var(--mantine-color-error)">
                        {' '}
                        Another action has this key too: only the first of them gets it.
                      </Text>
                    )}
                    {byForm.has(key) && (
                      <Text component="span" c="var(--mantine-color-error)">
                        {' '}
                        This form uses the key for an answer: choose another here.
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
        <p className="visually-hidden" role="status">
          {choosing && 'Press the new key. Escape leaves it as it is.'}
        </p>
        <Group>
          <Button variant="default" disabled={!bindings.changed} onClick={bindings.reset}>
            All keys as they were
          </Button>
        </Group>
        <Text c="dimmed">
          Esc leads out of a text field. Keys keep quiet while you type in a field or compose with an input
          method. They are kept in this browser.
        </Text>
        <Switch
          label="Single-character keys"
          description="Turn off if you dictate, or press keys by accident. Keys with Ctrl stay."
          checked={single}
          onChange={(event) => setSingle(event.currentTarget.checked)}
        />
      </Stack>
    </Dialog>
  );
}

/** Waits for one key, before anything else on the page hears it. Null: the person thought better of it. */
function useChosenKey(waiting: string | null, chosen: (key: string | null) => void) {
  useEffect(() => {
    if (waiting === null) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return chosen(null);
      const key = nameOf(event);
      if (key) chosen(key);
    };
    addEventListener('keydown', listen, true);
    return () => removeEventListener('keydown', listen, true);
  });
}
