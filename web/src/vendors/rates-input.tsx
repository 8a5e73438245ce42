import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import type { AgreedRate } from '../api/types';
import { MoneyInput } from '../ui/money-input';

export const kinds: Record<AgreedRate['kind'], string> = {
  task: 'a task',
  review: 'a review',
  reading: 'reading guidelines',
  qualification: 'a qualification test',
  question: 'a question asked',
  rework: 'rework',
};

const units: Record<AgreedRate['unit'], string> = { each: 'each', hour: 'an hour' };

/** What is paid for which kind of work. */
export function RatesInput({
  currency,
  rates,
  change,
}: {
  currency: string;
  rates: AgreedRate[];
  change: (rates: AgreedRate[]) => void;
}) {
  const set = (index: number, part: Partial<AgreedRate>) =>
    change(rates.map((rate, i) => (i === index ? { ...rate, ...part } : rate)));
  return (
    <Stack gap="xs" role="group" aria-label="Rates">
      {rates.map((rate, index) => (
        <Group key={index} align="flex-end" gap="xs">
          <NativeSelect
            label="For"
            value={rate.kind}
            onChange={(event) => set(index, { kind: event.currentTarget.value as AgreedRate['kind'] })}
            data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
          />
          <MoneyInput
            label="Amount"
            currency={currency}
            minor={rate.minorUnits}
            change={(minorUnits) => set(index, { minorUnits })}
          />
          <NativeSelect
            label="Per"
            value={rate.unit}
            onChange={(event) => set(index, { unit: event.currentTarget.value as AgreedRate['unit'] })}
            data={Object.entries(units).map(([value, label]) => ({ value, label }))}
          />
          <Button variant="subtle" onClick={() => change(rates.filter((_, i) => i !== index))}>
            Remove<span className="visually-hidden"> the rate for {kinds[rate.kind]}</span>
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => change([...rates, { kind: 'task', unit: 'each', minorUnits: 0, skill: null }])}
        >
          Add a rate
        </Button>
      </Group>
    </Stack>
  );
}
