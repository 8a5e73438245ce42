import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import type { FileFormat } from '../../../api/types';
import { delimiters, encodings, formats, type Plan } from './fields';

/** How the file is written. Most of it is found by itself; this is for when it was not. */
export function Reading({
  plan,
  delimiter,
  change,
}: {
  plan: Plan;
  /** The one that was found. */
  delimiter: string | null | undefined;
  change: (plan: Plan) => void;
}) {
  const csv = (part: Partial<Plan['csv']>) => change({ ...plan, csv: { ...plan.csv, ...part } });
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label="Format"
        value={plan.format}
        onChange={(event) => change({ ...plan, format: event.currentTarget.value as FileFormat, map: {} })}
        data={Object.entries(formats).map(([value, label]) => ({ value, label }))}
      />
      {plan.format === 'csv' && (
        <>
          <NativeSelect
            label="Delimiter"
            value={plan.csv.delimiter}
            onChange={(event) => csv({ delimiter: event.currentTarget.value })}
            data={delimiters.map(([value, label]) => ({
              value,
              label: value === '' ? foundOf(delimiter) : label,
            }))}
          />
          <NativeSelect
            label="Encoding"
            value={plan.csv.encoding}
            onChange={(event) => csv({ encoding: event.currentTarget.value })}
            data={encodings.map(([value, label]) => ({ value, label }))}
          />
          <TextInput
            label="Quote"
            w={70}
            maxLength={1}
            value={plan.csv.quote}
            onChange={(event) => csv({ quote: event.currentTarget.value })}
          />
          <Checkbox
            label="The first row names the columns"
            checked={plan.csv.header}
            onChange={(event) => csv({ header: event.currentTarget.checked })}
            mb={6}
          />
        </>
      )}
      {plan.format === 'conll' && (
        <NativeSelect
          label="What becomes an item"
          value={plan.unit}
          onChange={(event) => change({ ...plan, unit: event.currentTarget.value as Plan['unit'] })}
          data={[
            { value: 'sentence', label: 'each sentence' },
            { value: 'document', label: 'each document' },
          ]}
        />
      )}
    </Group>
  );
}

function foundOf(delimiter: string | null | undefined): string {
  const name = delimiters.find(([value]) => value === delimiter)?.[1];
  return delimiter ? `found by itself: ${name ?? delimiter}` : 'found by itself';
}
