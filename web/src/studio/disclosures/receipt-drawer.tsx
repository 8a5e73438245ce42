import { Drawer, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Disclosure, Receipt } from '../../api/types';
import { CopyText, Id } from '../../ui/copy';
import { bytes } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { FindingLine } from '../../security/ledger/finding-line';
import { useInclusion } from '../../security/ledger/queries';
import { useLedger, useReceipt } from './queries';
import { checkReceipt, type ReceiptCheck } from './receipt';
import { acts, isPerson, kinds, purposes, refusals, wordFor } from './words';

/** One receipt in full, checked in this browser against the ledger's leaf. */
export function ReceiptDrawer({
  lab,
  disclosure,
  close,
}: {
  lab: string;
  disclosure: Disclosure;
  close: () => void;
}) {
  const receipt = useReceipt(lab, disclosure.sequence);
  return (
    <Drawer.Root opened onClose={close} position="right" size="lg" transitionProps={{ duration: 80 }}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body p="md">
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Drawer.Title fw={600}>Receipt {disclosure.sequence}</Drawer.Title>
            <Drawer.CloseButton aria-label="Close" />
          </Group>
          <Stack gap="md">
            <Facts disclosure={disclosure} />
            <Records disclosure={disclosure} />
            <ProblemNotice error={receipt.error} retry={() => void receipt.refetch()} />
            {receipt.isPending && <Loading what="Fetching the receipt" />}
            {receipt.data && <Check lab={lab} receipt={receipt.data} />}
          </Stack>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Facts({ disclosure }: { disclosure: Disclosure }) {
  const facts: [string, React.ReactNode][] = [
    ['When', <ExactTime key="time" value={disclosure.time} />],
    ['Act', wordFor(acts, disclosure.act)],
    [
      'Who',
      isPerson(disclosure.person)
        ? (disclosure.person.name ?? 'a person no longer known by name')
        : 'the node itself',
    ],
    [
      'Pseudonym',
      isPerson(disclosure.person) ? (
        <Id key="id" value={disclosure.person.pseudonym} label="pseudonym" />
      ) : null,
    ],
    ['For', wordFor(purposes, disclosure.purpose)],
    ['Task', disclosure.assignment ? <Id key="id" value={disclosure.assignment} label="task" /> : null],
    [
      'Signed',
      disclosure.act !== 'refuse' &&
        isPerson(disclosure.person) &&
        (disclosure.signedWith ? (
          <Group key="signed" gap="xs">
            <State tone="good">by the person</State> with key{' '}
            <Id value={disclosure.signedWith} label="browser key" />
          </Group>
        ) : (
          "no: it rests on the server's word"
        )),
    ],
    ['Refused', disclosure.refusal && wordFor(refusals, disclosure.refusal)],
  ];
  return (
    <Table>
      <Table.Tbody>
        {facts.map(
          ([name, value]) =>
            value && (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={120}>
                  {name}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ),
        )}
      </Table.Tbody>
    </Table>
  );
}

function Records({ disclosure }: { disclosure: Disclosure }) {
  if (disclosure.records.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={4}>
        Records
      </Title>
      <div className="table-scroll">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Kind</Table.Th>
              <Table.Th scope="col">Id</Table.Th>
              <Table.Th scope="col" className="number">
                Version
              </Table.Th>
              <Table.Th scope="col" className="number">
                Size
              </Table.Th>
              <Table.Th scope="col">Read</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {disclosure.records.map((record) => (
              <Table.Tr key={`${record.id}/${record.version}`}>
                <Table.Td>{kinds[record.kind]?.[0] ?? record.kind}</Table.Td>
                <Table.Td>
                  <Id value={record.id} label="record" />
                </Table.Td>
                <Table.Td className="number">{record.version}</Table.Td>
                <Table.Td className="number">{bytes(record.bytes)}</Table.Td>
                <Table.Td>{record.again ? 'again' : 'first'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

function Check({ lab, receipt }: { lab: string; receipt: Receipt }) {
  const check = useQuery({
    queryKey: ['receipt-check', receipt.leaf],
    queryFn: () => checkReceipt(receipt),
    enabled: globalThis.crypto?.subtle !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  });
  if (globalThis.crypto?.subtle === undefined)
    return (
      <Notice tone="attention" title="Not checked">
        This browser offers no cryptography on this address. Open the page over HTTPS or on localhost.
      </Notice>
    );
  if (check.error) return <Failed />;
  if (!check.data) return <Loading what="Checking" />;
  return (
    <>
      <CheckResult check={check.data} />
      <Inclusion lab={lab} receipt={receipt} />
    </>
  );
}

/** That the leaf is in the log, under a checkpoint that the log signed. */
function Inclusion({ lab, receipt }: { lab: string; receipt: Receipt }) {
  const log = useLedger(lab).data?.log;
  const found = useInclusion(lab, receipt.sequence, receipt.leaf, log?.key);
  if (found.error)
    return (
      <Notice tone="attention" title="Not in a signed checkpoint yet">
        One is signed within a second of a receipt. Look again in a moment.
      </Notice>
    );
  if (!found.data) return <Loading what="Fetching the proof" />;
  return (
    <section>
      <Title order={3} mb={4}>
        In the log
      </Title>
      <Stack gap={4}>
        <FindingLine name="In the log" finding={found.data.inclusion} />
        <FindingLine name="Checkpoint" finding={found.data.signature} />
      </Stack>
      <Text component="p" m={0} mt="xs">
        <a href={`/api/labs/${lab}/ledger/receipts/${receipt.sequence}/proof`} download>
          Save the proof
        </a>{' '}
        to show this receipt alone to somebody outside.
      </Text>
    </section>
  );
}

function CheckResult({ check }: { check: ReceiptCheck }) {
  const good = check.leaf && check.what && check.who;
  return (
    <section>
      <Title order={3} mb={4}>
        Checked in this browser
      </Title>
      {good ? (
        <Notice tone="good" title="The ledger's leaf commits to exactly these facts" live>
          <Text component="p" m={0}>
            Recomputed here from the facts and the receipt's salt.
          </Text>
        </Notice>
      ) : (
        <Failed />
      )}
      <Stack gap={4} mt="sm">
        <Line name="Leaf: sequence, time, act" good={check.leaf} />
        <Line name="What was disclosed" good={check.what} />
        <Line name="To whom" good={check.who} />
      </Stack>
      <Text component="p" fw={600} mt="md" mb={4}>
        Leaf hash (RFC 6962)
      </Text>
      <CopyText value={check.leafHash} label="leaf hash" />
      <details>
        <summary>The facts as the ledger commits to them</summary>
        <pre className="mono" tabIndex={0} style={{ overflowX: 'auto' }}>
          {JSON.stringify(check.facts, null, 2)}
        </pre>
      </details>
    </section>
  );
}

function Line({ name, good }: { name: string; good: boolean }) {
  return (
    <Group gap="xs">
      <State tone={good ? 'good' : 'stopped'}>{good ? 'Fits' : 'Does not fit'}</State>
      <Text>{name}</Text>
    </Group>
  );
}

function Failed() {
  return (
    <Notice tone="stopped" title="This receipt does not fit the ledger" live>
      <Text component="p" m={0}>
        What is shown above is not what the ledger committed to. Keep this page, save a copy of the ledger,
        and treat it as an incident.
      </Text>
    </Notice>
  );
}
