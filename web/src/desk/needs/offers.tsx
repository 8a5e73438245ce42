import { Text, Title } from '@mantine/core';
import { useAt } from '../../vendor/asking';
import { DataTable, type Column } from '../../ui/data-table';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { OfferRow } from '../types';

const states: Record<OfferRow['state'], string> = {
  open: 'stands',
  accepted: 'accepted',
  declined: 'no longer stands',
  takenBack: 'no longer stands',
};

/** Whom a need was offered. Who declined is not told from whom nobody heard. */
export function Offers({ need }: { need: string }) {
  const offers = useAt<OfferRow[]>(`/api/desk/needs/${need}/offers`);
  return (
    <section aria-labelledby="offers">
      <Title order={2} id="offers" mb="xs">
        Offers
      </Title>
      <ProblemNotice error={offers.error} retry={() => void offers.refetch()} />
      {offers.data?.length === 0 && <Text c="dimmed">None yet. Choose people above.</Text>}
      {offers.data && offers.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Offers" rows={offers.data} columns={columns} id={({ id }) => id} />
        </div>
      )}
    </section>
  );
}

const columns: Column<OfferRow>[] = [
  { title: 'Person', value: ({ name }) => name },
  { title: 'State', value: ({ state }) => states[state], filter: true },
  { title: 'Made', value: ({ madeAt }) => madeAt, show: ({ madeAt }) => <Time value={madeAt} /> },
  {
    title: 'Until',
    value: ({ expiresAt }) => expiresAt,
    show: ({ expiresAt }) => <Time value={expiresAt} />,
  },
];
