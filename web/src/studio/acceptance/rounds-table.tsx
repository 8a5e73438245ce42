import type { Acceptance } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { count, interval, percent } from '../../ui/format';
import { State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { acceptanceStates } from './words';

/** Rounds of acceptance. */
export function RoundsTable({
  rows,
  names,
  open,
}: {
  rows: Acceptance[];
  /** What batches are called, by id; without it the batch is known. */
  names?: Map<string, string>;
  open: (acceptance: Acceptance) => void;
}) {
  const columns: Column<Acceptance>[] = [
    {
      title: 'Round',
      value: (a) => (names ? `${names.get(a.batch) ?? 'batch'} ${a.number}` : a.number),
      show: (a) => (names ? `${names.get(a.batch) ?? 'Batch'}, round ${a.number}` : `Round ${a.number}`),
    },
    {
      title: 'State',
      value: (a) => acceptanceStates[a.state].word,
      filter: true,
      show: (a) => <State tone={acceptanceStates[a.state].tone}>{acceptanceStates[a.state].word}</State>,
    },
    {
      title: 'Judged',
      value: (a) => a.judged,
      show: (a) => `${count(a.judged)} of ${count(a.sample)}`,
      numeric: true,
    },
    { title: 'Defects', value: (a) => a.defects, show: (a) => count(a.defects), numeric: true },
    {
      title: 'Defects in the batch',
      value: (a) => a.rate?.value ?? -1,
      show: (a) =>
        a.rate ? `${percent(a.rate.value)} (${interval(a.rate.low, a.rate.high)})` : 'not known yet',
      numeric: true,
    },
    { title: 'Drawn', value: (a) => a.drawnAt, show: (a) => <Time value={a.drawnAt} /> },
    {
      title: 'Decided',
      value: (a) => a.decidedAt ?? '',
      show: (a) => (a.decidedAt ? <Time value={a.decidedAt} /> : 'not yet'),
    },
  ];
  return (
    <DataTable caption="Rounds of acceptance" rows={rows} columns={columns} id={(a) => a.id} open={open} />
  );
}
