import { money } from '../../ui/format';
import { hours, kindName } from '../work';
import type { Dispute, Entry, Withholding } from './types';

const kinds: Record<Entry['kind'], string> = {
  work: 'Work',
  correction: 'Correction',
  pausePay: 'Pause pay',
  topUp: 'Top-up to the floor',
  withheld: 'Withheld for now',
  released: 'Released',
};

export const entryReasons: Record<string, string> = {
  miscounted: 'miscounted',
  wrongRate: 'wrong rate',
  wrongEvent: 'an event came that should not have, or one never came',
  overBound: 'time over a bound was worked',
  disputeUpheld: 'the dispute was upheld',
  integrity: 'evidence about the work',
  clockRanOut: 'nobody decided in time',
  other: 'other',
};

/** What an entry is for. */
export const entryName = ({ kind, paid, act, refers, reason }: Entry): string =>
  [
    kind === 'work' ? `${kindName(paid ?? '')}${act === 'left' ? ', passed on or run out' : ''}` : kinds[kind],
    ...(refers === null ? [] : [`of entry ${refers}`]),
    ...(reason ? [`(${entryReasons[reason] ?? reason})`] : []),
  ].join(' ');

/** How an amount comes about, so that a person can work it out by hand. */
export function reckoning({ kind, act, each, hour, counted, seconds, carriedIn, currency, card }: Entry): string {
  if (kind !== 'work') return counted === 0 ? '' : hours(counted);
  if (card === null) return `${hours(counted)}; no rate covered it yet`;
  const parts = [
    ...(each > 0 && act === 'done' ? [`1 × ${money(each, currency)}`] : []),
    ...(hour > 0 ? [`${counted} s × ${money(hour, currency)} ÷ 3,600`] : []),
    ...(carriedIn !== 0 ? [`${carriedIn < 0 ? '−' : ''}${Math.abs(carriedIn)}⁄3,600 left over from rounding before`] : []),
  ];
  const less = seconds > counted ? ` (${hours(seconds)} reported; the rest is over a bound)` : '';
  return `${parts.join(' + ') || 'nothing'}${less}`;
}

export const disputeStates: Record<Dispute['state'], string> = {
  open: 'waits for an answer',
  upheld: 'upheld',
  dismissed: 'dismissed',
};

export const withholdingStates: Record<Withholding['state'], string> = {
  open: 'withheld for now',
  confirmed: 'stays withheld',
  released: 'released',
  ranOut: 'released: nobody decided in time',
};
