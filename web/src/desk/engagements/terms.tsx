import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { kindName } from '../../vendor/work';
import { counted, money } from '../../ui/format';
import { ExactTime } from '../../ui/time';
import type { AgreedRate, Terms } from '../types';

/** Terms with everything spelled out; what differs from `before` is marked in words. */
export function TermsInWords({ terms, before }: { terms: Terms; before?: Terms | null }) {
  return (
    <dl className="facts">
      {facts.map(([name, of]) => {
        const was = before ? text(of(before)) : null;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {of(terms)}
              {was !== null && was !== text(of(terms)) && (
                <Text component="span" fw={600}>
                  {' '}
                  (changed; was: {of(before!)})
                </Text>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const facts: [string, (terms: Terms) => ReactNode][] = [
  ['Programme', (terms) => terms.programme],
  ['Inspection you owe', (terms) => `tier ${terms.tier} of 5`],
  ['People at one time', (terms) => String(terms.headcount)],
  ['The lab pays', (terms) => agreedInWords(terms.rates, terms.currency)],
  ['Notice before work ends', (terms) => counted(terms.noticeDays, 'day')],
  [
    'Pause pay',
    (terms) =>
      terms.pausePay === 0
        ? 'none: a pause before notice has run is not paid'
        : `${terms.pausePay} % of a usual day while work is paused`,
  ],
  ['Ends', (terms) => (terms.ends ? <ExactTime value={terms.ends} /> : 'no end is set')],
  ['Sub-contractors', (terms) => terms.subContractors.join(', ') || 'none are allowed'],
  ['You tell of an incident', (terms) => `within ${counted(terms.clocks.incident, 'hour')}`],
  ['You tell of a withdrawal', (terms) => `within ${counted(terms.clocks.withdrawal, 'hour')}`],
  [
    'Everybody must have signed',
    (terms) =>
      terms.agreements.map(({ code, version }) => `${code} (version ${version} or later)`).join(', ') ||
      'nothing',
  ],
  ['Training', (terms) => (terms.training ? 'must be in date' : 'is not asked for')],
  [
    'Each person',
    (terms) =>
      terms.byHand ? 'is admitted by the lab’s staff, by hand' : 'may enrol as soon as you vouch for them',
  ],
  [
    'Work events',
    (terms) => (terms.singleEvents ? 'come one by one' : 'come as one total for each person and day'),
  ],
];

const text = (of: ReactNode): string =>
  typeof of === 'object' && of !== null && 'props' in of
    ? String((of.props as { value?: string }).value)
    : String(of);

export const agreedInWords = (rates: AgreedRate[], currency: string) =>
  rates
    .map(
      ({ kind, unit, minorUnits, skill }) =>
        `${kindName(kind)}${skill ? ` (${skill})` : ''} ${money(minorUnits, currency)} ${unit === 'hour' ? 'an hour' : 'each'}`,
    )
    .join(' · ') || 'nothing yet';
