import type { Policy } from '../../api/types';
import { kinds } from '../../studio/disclosures/words';
import { count } from '../../ui/format';

type Limit =
  | 'personPerHour'
  | 'engagementPerHour'
  | 'processPerHour'
  | 'hostPerHour'
  | 'personTotal'
  | 'engagementTotal'
  | 'rereadsPerMinute';

/** A limit: its name, its unit, what it bounds, and whether there may be none. */
export const limits: { key: Limit; name: string; unit: string; help: string; open?: true }[] = [
  {
    key: 'personPerHour',
    name: 'One person, per hour',
    unit: 'weight per clock hour',
    help: 'What one person may be shown for the first time.',
  },
  {
    key: 'engagementPerHour',
    name: 'One engagement, per hour',
    unit: 'weight per clock hour',
    help: 'The same for all people of a vendor together.',
  },
  {
    key: 'processPerHour',
    name: 'One server process, per hour',
    unit: 'weight per clock hour',
    help: 'All that one server process asks for.',
  },
  {
    key: 'hostPerHour',
    name: 'One host, per hour',
    unit: 'weight per clock hour',
    help: 'All server processes of one machine together.',
  },
  {
    key: 'personTotal',
    name: 'One person, ever',
    unit: 'weight',
    help: 'Does not free by itself. Empty: not bounded.',
    open: true,
  },
  {
    key: 'engagementTotal',
    name: 'One engagement, ever',
    unit: 'weight',
    help: 'Does not free by itself. Empty: not bounded.',
    open: true,
  },
  {
    key: 'rereadsPerMinute',
    name: 'Reads again, per person',
    unit: 'records per clock minute',
    help: 'Reading the same again costs no weight; this bounds its pace.',
  },
];

/** What a kind of record is called: "guideline sections". */
export const kindCalled = (kind: string) => kinds[kind]?.[1] ?? kind;

export const hours = (seconds: number) => seconds / 3_600;

/** What of a change takes a second person, in words: whatever lets more be read, or decides alone what took two. */
export function raises(before: Policy, after: Policy): string[] {
  const raised = limits
    .filter(({ key }) => (after[key] ?? Infinity) > (before[key] ?? Infinity))
    .map(({ key, name }) => `${name}: ${said(before[key])} to ${said(after[key])}`);
  const lowered = Object.entries(before.weights)
    .filter(([kind, weight]) => (after.weights[kind] ?? weight) < weight)
    .map(([kind, weight]) => `Weight of ${kindCalled(kind)}: ${weight} to ${after.weights[kind]}`);
  if (after.shredDelaySeconds < before.shredDelaySeconds) lowered.push('A shorter delay before shredding');
  if (before.twoToResume && !after.twoToResume) lowered.push('One person may lift a suspension');
  return [...raised, ...lowered];
}

const said = (limit: number | null) => (limit === null ? 'not bounded' : count(limit));
