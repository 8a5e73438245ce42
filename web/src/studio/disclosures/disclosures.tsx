import { Button, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { DisclosedRecord, Disclosure } from '../../api/types';
import { Id } from '../../ui/copy';
import { EmptyState } from '../../ui/empty-state';
import { bytes, count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { useAddressFilter } from '../address-filter';
import { filterFrom, shownOf } from './filter';
import { Filters } from './filters';
import { useDisclosures, useLedger } from './queries';
import { ReceiptDrawer } from './receipt-drawer';
import { acts, isPerson, kinds, purposes, refusals, wordFor } from './words';

/** Who was shown what, when and for what; what was refused; and what else the vault did. */
export default function Disclosures({ lab, project }: { lab: string; project?: string }) {
  const [search, set] = useAddressFilter();
  const filter = filterFrom(search);
  const pageLoads = search.get('pages') !== 'out';
  const found = useDisclosures(lab, project, filter);
  const [shown, setShown] = useState<Disclosure | null>(null);
  const fetched = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = shownOf(fetched, filter, pageLoads);
  return (
    <Stack gap="md">
      <LedgerLine lab={lab} />
      <Filters lab={lab} search={search} set={set} />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Loading what="Looking through the receipts" />}
      {found.data && rows.length === 0 && (
        <EmptyState title="No receipt fits">
          {found.hasNextPage
            ? `None of the newest ${count(fetched.length)} receipts is of this choice; earlier ones may be.`
            : 'Nothing of this project was opened or refused in this choice. Take a filter away.'}
        </EmptyState>
      )}
      {rows.length > 0 && <Rows rows={rows} show={setShown} />}
      {found.hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show earlier ones
          </Button>
          <Text c="dimmed">
            {counted(rows.length, 'receipt')} shown
            {fetched.length > rows.length ? ` of ${count(fetched.length)} looked at` : ''}
          </Text>
        </Group>
      )}
      {shown && <ReceiptDrawer lab={lab} disclosure={shown} close={() => setShown(null)} />}
    </Stack>
  );
}

function LedgerLine({ lab }: { lab: string }) {
  const ledger = useLedger(lab);
  if (!ledger.data) return null;
  return (
    <Group gap="sm">
      <Text>
        Ledger of {counted(ledger.data.size, 'entry', 'entries')}, {counted(ledger.data.unseals, 'record')}{' '}
        unsealed since the vault process started.
      </Text>
      <Text component="span">
        Root <Id value={ledger.data.root} label="ledger root" />
      </Text>
    </Group>
  );
}

function Rows({ rows, show }: { rows: Disclosure[]; show: (row: Disclosure) => void }) {
  return (
    <div className="panel table-scroll">
      <Table miw="52rem">
        <caption className="visually-hidden">Disclosures, newest first</caption>
        <Table.Thead>
          <Table.Tr>
            {['Receipt', 'When', 'Act', 'Who', 'For', 'What'].map((title) => (
              <Table.Th key={title} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.sequence}>
              <Table.Td>
                <UnstyledButton
                  c="var(--mantine-color-anchor)"
                  td="underline"
                  mih={24}
                  onClick={() => show(row)}
                >
                  <span className="visually-hidden">Open receipt </span>
                  {row.sequence}
                </UnstyledButton>
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <ExactTime value={row.time} />
              </Table.Td>
              <Table.Td>
                {row.act === 'refuse' ? (
                  <State tone="stopped">
                    Refused{row.refusal ? `: ${wordFor(refusals, row.refusal)}` : ''}
                  </State>
                ) : (
                  wordFor(acts, row.act)
                )}
              </Table.Td>
              <Table.Td>
                {isPerson(row.person)
                  ? (row.person.name ?? <Id value={row.person.pseudonym} />)
                  : 'the node itself'}
              </Table.Td>
              <Table.Td className="whole">{wordFor(purposes, row.purpose)}</Table.Td>
              <Table.Td>{inShort(row.records)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** "1 item, 2 guideline sections (all again), 2.4 KiB". */
export function inShort(records: DisclosedRecord[]): string {
  if (records.length === 0) return '';
  const parts = [...new Set(records.map((record) => record.kind))].map((kind) => {
    const some = records.filter((record) => record.kind === kind);
    const again = some.filter((record) => record.again).length;
    const words = kinds[kind] ?? [kind, kind];
    const seen =
      again === 0 ? '' : again === some.length ? ' (seen before)' : ` (${count(again)} seen before)`;
    return `${counted(some.length, words[0], words[1])}${seen}`;
  });
  const size = records.reduce((sum, record) => sum + record.bytes, 0);
  return `${parts.join(', ')}, ${bytes(size)}`;
}
