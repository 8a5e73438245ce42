import { Fieldset, NumberInput, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';

/** Settings that belong together. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Fieldset legend={title}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" verticalSpacing="sm">
        {children}
      </SimpleGrid>
    </Fieldset>
  );
}

export function Amount({
  label,
  description,
  value,
  set,
  min = 0,
  max,
  suffix,
  decimals = 0,
  optional = false,
}: {
  label: string;
  description?: string;
  value: number | '';
  set: (value: number | '') => void;
  min?: number;
  max?: number;
  suffix?: string;
  decimals?: number;
  /** May be left empty. */
  optional?: boolean;
}) {
  return (
    <NumberInput
      label={label}
      description={description}
      required={!optional}
      withAsterisk={false}
      min={min}
      max={max}
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      allowNegative={false}
      suffix={suffix}
      value={value}
      onChange={(next) => set(next === '' ? '' : Number(next))}
    />
  );
}
