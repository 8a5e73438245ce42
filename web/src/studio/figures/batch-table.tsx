import { Link } from 'react-router';
import type { BatchFigures } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { count, interval, money, percent } from '../../ui/format';
import { State } from '../../ui/notice';
import { acceptanceStates } from '../acceptance/words';
import { batchStates } from '../batches/words';

/** The figures of each batch beside each other. */
export function BatchTable({
  lab,
  project,
  batches,
}: {
  lab: string;
  project: string;
  batches: BatchFigures[];
}) {
  const amount = (title: string, value: (batch: BatchFigures) => number): Column<BatchFigures> => ({
    title,
    value,
    show: (batch) => count(value(batch)),
    numeric: true,
  });
  const columns: Column<BatchFigures>[] = [
    {
      title: 'Batch',
      value: (b) => b.code,
      show: (b) => <Link to={`/labs/${lab}/studio/${project}/batches?batch=${b.id}`}>{b.code}</Link>,
    },
    {
      title: 'State',
      value: (b) => batchStates[b.state].word,
      show: (b) => <State tone={batchStates[b.state].tone}>{batchStates[b.state].word}</State>,
      filter: true,
    },
    amount('Items', (b) => b.items),
    amount('Open', (b) => b.open),
    amount('In hand', (b) => b.leased),
    amount('To review', (b) => b.submitted),
    amount('Accepted', (b) => b.accepted),
    amount('Returned', (b) => b.returned),
    {
      title: 'Spent',
      value: (b) => b.spent ?? -1,
      show: (b) => (b.spent === null ? 'not priced' : money(b.spent, b.currency)),
      numeric: true,
    },
    {
      title: 'Agreement',
      value: (b) => b.agreement?.value ?? -1,
      show: (b) =>
        b.agreement ? `${percent(b.agreement.value)} (${interval(b.agreement.low, b.agreement.high)})` : '–',
      numeric: true,
    },
    {
      title: 'Acceptance',
      value: (b) => (b.acceptance ? acceptanceStates[b.acceptance].word : ''),
      show: (b) =>
        b.acceptance ? (
          <State tone={acceptanceStates[b.acceptance].tone}>{acceptanceStates[b.acceptance].word}</State>
        ) : (
          'no sample yet'
        ),
    },
  ];
  if (batches.length === 0) return null;
  return (
    <section className="panel" aria-label="Figures by batch">
      <DataTable caption="Figures by batch" rows={batches} columns={columns} id={(batch) => batch.id} />
    </section>
  );
}
