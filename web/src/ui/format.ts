const counts = new Intl.NumberFormat('en');
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export const count = (value: number) => counts.format(value);

/** "1 task", "2 tasks". */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Bytes in binary units, three figures. */
export function bytes(value: number): string {
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** Seconds as minutes and seconds. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** Money in minor units, such as cents, in words of its currency. */
export function money(minor: number, currency: string | null | undefined): string {
  if (!currency) return count(minor);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A share from 0 to 1 in per cent, one decimal. */
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** A share with its 95 % interval. */
export const interval = (low: number, high: number) => `${percent(low)} to ${percent(high)}`;
