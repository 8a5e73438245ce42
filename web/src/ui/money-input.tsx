import { NumberInput } from '@mantine/core';

/** Decimals of a currency's minor unit. */
export const decimalsOf = (currency: string): number =>
  /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : 2;

/** An amount as people write it, kept in minor units. */
export function MoneyInput({
  label,
  description,
  currency,
  minor,
  change,
  negative = false,
}: {
  label: string;
  description?: string;
  currency: string;
  minor: number;
  change: (minor: number) => void;
  /** It may be below nothing. */
  negative?: boolean;
}) {
  const decimals = decimalsOf(currency);
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={currency ? ` ${currency}` : ''}
      decimalScale={decimals}
      fixedDecimalScale
      allowNegative={negative}
      hideControls
      w={150}
      value={minor / 10 ** decimals}
      onChange={(value) => change(Math.round((Number(value) || 0) * 10 ** decimals))}
    />
  );
}
