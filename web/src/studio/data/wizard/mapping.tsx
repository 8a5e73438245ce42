import { NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Question } from '../../../api/types';
import { parts } from './fields';
import styles from './wizard.module.css';

/** Which field of the file becomes which part of an item. */
export function Mapping({
  fields,
  map,
  questions,
  facets,
  change,
}: {
  /** The fields of the file, as the preview found them. */
  fields: string[];
  map: Record<string, string>;
  questions: Question[];
  facets: string[];
  change: (map: Record<string, string>) => void;
}) {
  const row = (part: string, label: string) => (
    <FieldChoice
      key={part}
      label={label}
      fields={fields}
      value={map[part] ?? ''}
      change={(field) => change({ ...map, [part]: field })}
    />
  );
  return (
    <Stack gap="sm">
      <Title order={3}>Which field is what</Title>
      <Text c="dimmed">
        Usual names were recognised; change what is wrong. Fields that become nothing here are kept with the
        item, sealed like the rest.
      </Text>
      <div className={styles.fields}>{parts.map(([part, label]) => row(part, label))}</div>
      {questions.length > 0 && (
        <details>
          <summary>Suggestions and known answers, per question</summary>
          <Text c="dimmed">
            A suggestion is shown to the expert, told apart. A known answer makes the item a gold item; no
            expert ever sees which those are.
          </Text>
          <div className={styles.fields}>
            {questions.flatMap((question) => [
              row(`prelabel.${question.key}`, `Suggestion: ${question.title}`),
              row(`gold.${question.key}`, `Known answer: ${question.title}`),
            ])}
          </div>
        </details>
      )}
      {facets.length > 0 && (
        <details>
          <summary>Facets, stored in clear</summary>
          <div className={styles.fields}>{facets.map((facet) => row(`facet.${facet}`, facet))}</div>
        </details>
      )}
    </Stack>
  );
}

function FieldChoice({
  label,
  fields,
  value,
  change,
}: {
  label: string;
  fields: string[];
  value: string;
  change: (field: string) => void;
}) {
  const [written, setWritten] = useState<string | null>(null);
  // A path into nested objects ("data.question") is written, not chosen; it counts when the field is left.
  if (written !== null || (value !== '' && !fields.includes(value)))
    return (
      <TextInput
        label={label}
        description="A path into the row, such as data.question."
        autoFocus={written !== null}
        value={written ?? value}
        onChange={(event) => setWritten(event.currentTarget.value)}
        onBlur={() => {
          if (written !== null && written !== value) change(written.trim());
          setWritten(null);
        }}
      />
    );
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => {
        if (event.currentTarget.value === PATH) setWritten('');
        else change(event.currentTarget.value);
      }}
      data={[
        { value: '', label: 'none' },
        ...fields.map((field) => ({ value: field, label: field })),
        { value: PATH, label: 'a path into the row…' },
      ]}
    />
  );
}

/** No field of a file has a name with this character. */
const PATH = '\u0000';
