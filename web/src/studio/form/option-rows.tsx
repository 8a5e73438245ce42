import { Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Option } from '../../api/types';
import type { Faults } from './check';
import styles from './form.module.css';

/** Options of a choice or labels of spans: what is stored, what is read, and the key that picks it. */
export function OptionRows({
  title,
  field,
  options,
  faults,
  change,
}: {
  title: string;
  field: 'options' | 'labels';
  options: Option[];
  faults: Faults;
  change: (options: Option[]) => void;
}) {
  const [pasting, setPasting] = useState(false);
  const replace = (index: number, part: Partial<Option>) =>
    change(options.map((option, i) => (i === index ? { ...option, ...part } : option)));
  const swap = (index: number) => {
    const next = [...options];
    next.splice(index - 1, 0, ...next.splice(index, 1));
    change(next);
  };
  return (
    <Fieldset legend={title} p="sm">
      <Stack gap="xs">
        {faults[field] && <Text className={styles.fault}>{faults[field]}</Text>}
        {options.map((option, index) => (
          <div key={index} className={styles.option} role="group" aria-label={`${title}, ${index + 1}`}>
            <TextInput
              label={index === 0 ? 'Value' : undefined}
              aria-label="Value"
              maxLength={200}
              value={option.value}
              error={faults[`${field}.${index}.value`]}
              onChange={(event) => replace(index, { value: event.currentTarget.value })}
            />
            <TextInput
              label={index === 0 ? 'Label' : undefined}
              aria-label="Label"
              maxLength={200}
              value={option.label}
              error={faults[`${field}.${index}.label`]}
              onChange={(event) => replace(index, { label: event.currentTarget.value })}
            />
            <TextInput
              label={index === 0 ? 'Key' : undefined}
              aria-label="Hotkey"
              value={option.key ?? ''}
              error={faults[`${field}.${index}.key`]}
              onChange={(event) => replace(index, { key: event.currentTarget.value || null })}
            />
            <Group gap={2} wrap="nowrap" mt={index === 0 ? 22 : 0}>
              <Button
                variant="subtle"
                px={6}
                disabled={index === 0}
                onClick={() => swap(index)}
                aria-label={`Move ${option.label || option.value || index + 1} up`}
              >
                ↑
              </Button>
              <Button
                variant="subtle"
                px={6}
                c="var(--mantine-color-error)"
                onClick={() => change(options.filter((_, i) => i !== index))}
                aria-label={`Remove ${option.label || option.value || index + 1}`}
              >
                ✕
              </Button>
            </Group>
          </div>
        ))}
        <Group gap="xs">
          <Button variant="default" onClick={() => change([...options, { value: '', label: '' }])}>
            Add
          </Button>
          <Button variant="default" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
            Add many…
          </Button>
        </Group>
        {pasting && (
          <Many
            add={(more) => {
              change([...options.filter((option) => option.value || option.label), ...more]);
              setPasting(false);
            }}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

function Many({ add }: { add: (options: Option[]) => void }) {
  const [text, setText] = useState('');
  return (
    <Stack gap="xs">
      <Textarea
        label="One per line"
        description="The value; or value, tab, label; or value, tab, label, tab, key."
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group>
        <Button variant="default" disabled={!text.trim()} onClick={() => add(optionsFrom(text))}>
          Add these
        </Button>
      </Group>
    </Stack>
  );
}

/** Lines of "value", "value⇥label" or "value⇥label⇥key". */
export function optionsFrom(text: string): Option[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [value = '', label = '', key = ''] = line.split('\t').map((part) => part.trim());
      return { value, label: label || value, ...(key ? { key } : {}) };
    });
}
