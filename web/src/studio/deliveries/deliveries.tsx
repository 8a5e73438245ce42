import { Button, Group, Progress, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Delivery } from '../../api/types';
import { CopyText } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { bytes, count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useDeliver, useDeliveries, useDeliveryKey } from './queries';

/** Deliveries: signed packages of what was accepted, and how to check them without this node. */
export default function Deliveries({ lab, project }: { lab: string; project: string }) {
  const deliveries = useDeliveries(lab, project);
  const columns: Column<Delivery>[] = [
    { title: 'Shape', value: (d) => d.shape },
    { title: 'State', value: (d) => d.state, show: (d) => <DeliveryState delivery={d} /> },
    { title: 'Rows', value: (d) => d.rows, show: (d) => count(d.rows), numeric: true },
    { title: 'Ties', value: (d) => d.ties, show: (d) => count(d.ties), numeric: true },
    { title: 'Not expressible', value: (d) => d.unfit, show: (d) => count(d.unfit), numeric: true },
    { title: 'Encrypted', value: (d) => (d.encrypted ? 'to its recipient' : 'no') },
    { title: 'Made', value: (d) => d.madeAt, show: (d) => <Time value={d.madeAt} /> },
    {
      title: 'Package',
      value: (d) => d.bytes,
      show: (d) =>
        d.state === 'done' && (
          <a href={`/api/labs/${lab}/projects/${project}/deliveries/${d.id}/package`} download>
            Download, {bytes(d.bytes)}
          </a>
        ),
    },
  ];
  return (
    <Stack gap="lg">
      <NewDelivery lab={lab} project={project} />
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
          </div>
        )}
      </section>
      <Checking lab={lab} />
    </Stack>
  );
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

function NewDelivery({ lab, project }: { lab: string; project: string }) {
  const deliver = useDeliver(lab, project);
  const making = useDeliveries(lab, project).data?.find((d) => d.id === deliver.data?.id);
  const [recipient, setRecipient] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = stripPem(recipient);
    deliver.mutate(key ? { shape: 'trl-preference', recipient: key } : { shape: 'trl-preference' });
  };
  return (
    <section className="panel" aria-labelledby="new-delivery">
      <Title order={2} id="new-delivery" mb="xs">
        Make a delivery
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>
            Accepted answers as TRL preference JSONL, raw votes kept, ties listed. Opening the items for it is
            disclosed like any other: one receipt per run of records.
          </Text>
          <Textarea
            label="Encrypt to (optional)"
            description="P-256 public key of the recipient, PEM or base64. Without one the package is signed but readable."
            classNames={{ input: 'mono' }}
            autosize
            minRows={2}
            maxRows={6}
            maw={640}
            value={recipient}
            onChange={(event) => setRecipient(event.currentTarget.value)}
          />
          <ProblemNotice error={deliver.error} />
          {making?.state === 'making' && <Notice title="The delivery is being made" live />}
          {making?.state === 'done' && <Notice tone="good" title="The delivery is ready below" live />}
          <Group>
            <Button type="submit" loading={deliver.isPending}>
              Make delivery
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

/** The base64 of a public key, whether it came with PEM lines or without. */
export function stripPem(text: string): string {
  return text.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s+/g, '');
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
