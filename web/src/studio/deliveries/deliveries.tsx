import { Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { Delivery } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { CopyText } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { bytes, count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { NewDelivery } from './new-delivery';
import { useDeliveries, useDeliveryKey } from './queries';
import { shapeName } from './shapes';

/** Deliveries: signed packages of what was accepted, and how to check them without this node. */
export default function Deliveries({ lab, project }: { lab: string; project: string }) {
  const staff = isStaff(useHere().membership);
  const deliveries = useDeliveries(lab, project);
  const columns: Column<Delivery>[] = [
    { title: 'Shape', value: (d) => shapeName(d.shape), filter: true },
    { title: 'Holds', value: holds },
    { title: 'State', value: (d) => d.state, filter: true, show: (d) => <DeliveryState delivery={d} /> },
    { title: 'Rows', value: (d) => d.rows, show: (d) => count(d.rows), numeric: true },
    { title: 'Ties', value: (d) => d.ties, show: (d) => count(d.ties), numeric: true },
    { title: 'Not expressible', value: (d) => d.unfit, show: (d) => count(d.unfit), numeric: true },
    { title: 'Encrypted', value: (d) => (d.encrypted ? 'to its recipient' : 'no') },
    { title: 'Made', value: (d) => d.madeAt, show: (d) => <Time value={d.madeAt} /> },
    ...(staff ? [packageOf(lab, project)] : []),
  ];
  return (
    <Stack gap="lg">
      {staff && <NewDelivery lab={lab} project={project} deliveries={deliveries.data ?? []} />}
      <section aria-labelledby="deliveries">
        <Title order={2} id="deliveries" mb="xs">
          Deliveries
        </Title>
        <ProblemNotice error={deliveries.error} retry={() => void deliveries.refetch()} />
        {deliveries.isPending && <Loading what="Looking at the deliveries" />}
        {deliveries.data?.length === 0 && (
          <EmptyState title="No delivery yet">Make one as soon as answers have been accepted.</EmptyState>
        )}
        {deliveries.data && deliveries.data.length > 0 && (
          <div className="panel">
            <DataTable caption="Deliveries" rows={deliveries.data} columns={columns} id={(d) => d.id} />
            <Text c="dimmed" mt="xs">
              Ties and rows that the shape cannot express stand in files of their own in the package, each
              with its reason and every vote; the datasheet tells what was done to get from the answers to the
              rows.
            </Text>
          </div>
        )}
      </section>
      {staff && <Checking lab={lab} />}
    </Stack>
  );
}

const packageOf = (lab: string, project: string): Column<Delivery> => ({
  title: 'Package',
  value: (d) => d.bytes,
  show: (d) =>
    d.state === 'done' && (
      <a href={`/api/labs/${lab}/projects/${project}/deliveries/${d.id}/package`} download>
        Download, {bytes(d.bytes)}
      </a>
    ),
});

/** What of the project a delivery holds, in a few words. */
export function holds(delivery: Delivery): string {
  return [
    delivery.votes === 'all' ? 'every answer' : 'majorities',
    delivery.since ? 'what was new' : 'all accepted',
    delivery.batches ? counted(delivery.batches.length, 'batch', 'batches') : '',
    delivery.withdrawn ? `${count(delivery.withdrawn)} withdrawn` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function DeliveryState({ delivery }: { delivery: Delivery }) {
  if (delivery.state === 'done') return <State tone="good">Ready</State>;
  if (delivery.state === 'failed')
    return <State tone="stopped">Failed: {delivery.problem ?? 'unknown'}</State>;
  const share = delivery.items === 0 ? 0 : (delivery.taken / delivery.items) * 100;
  return (
    <Group gap="xs">
      <State tone="attention">
        Being made: {count(delivery.taken)} of {count(delivery.items)}
      </State>
      <Progress value={share} w={80} aria-label="Items looked at" />
    </Group>
  );
}

function Checking({ lab }: { lab: string }) {
  const key = useDeliveryKey(lab);
  if (!key.data) return <ProblemNotice error={key.error} />;
  return (
    <section aria-labelledby="checking">
      <Title order={2} id="checking" mb="xs">
        Check a package without this node
      </Title>
      <Text mb="xs">
        Give the recipient this key by another way than the package, then they unpack it and run the command.
      </Text>
      <Stack gap="xs">
        <CopyText value={key.data.key} label="delivery key (Ed25519)" />
        <CopyText value={`cofferdam verify DIR --key ${key.data.key}`} label="command" />
      </Stack>
    </section>
  );
}
