import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { post, useAct, useAt } from '../../vendor/asking';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { counted, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { download } from './download';
import type { PayoutContent } from './types';

const formats = { csv: 'CSV', pain001: 'ISO 20022 (pain.001)' } as const;

/** A payout with its lines: the second person's step, and the files. */
export function PayoutDialog({ id, close }: { id: string; close: () => void }) {
  const content = useAt<PayoutContent>(`/api/desk/pay/payouts/${id}`);
  return (
    <Dialog title={content.data ? `Payout ${content.data.payout.messageId}` : 'Payout'} close={close} size="xl">
      <ProblemNotice error={content.error} retry={() => void content.refetch()} />
      {content.data ? <Content content={content.data} /> : <Loading what="Opening the payout" />}
    </Dialog>
  );
}

function Content({ content: { payout, lines, files } }: { content: PayoutContent }) {
  const vendor = useVendor();
  const path = `/api/desk/pay/payouts/${payout.id}`;
  const approve = useAct(() => post(`${path}/approve`, { digest: payout.digest }));
  const withdraw = useAct(() => post(`${path}/withdraw`));
  const make = useAct((format: keyof typeof formats) => download(`${path}/files/${format}`));
  const mine = payout.proposedBy === vendor.person;
  const columns: Column<PayoutContent['lines'][number]>[] = [
    { title: 'Expert', value: ({ expert }) => expert, show: ({ expert }) => <Id value={expert} label="expert" /> },
    {
      title: 'Statement',
      value: ({ statement }) => statement,
      show: ({ statement }) => <Link to={`/desk/pay/statements/${statement}`}>check it</Link>,
    },
    {
      title: 'Amount',
      value: ({ amount }) => amount,
      show: ({ amount }) => money(amount, payout.currency),
      numeric: true,
    },
  ];
  return (
    <Stack gap="sm">
      <Text>
        {counted(payout.transfers, 'transfer')} of together <strong>{money(payout.total, payout.currency)}</strong>, to be
        paid on {payout.executeOn}. Put together <Time value={payout.proposedAt} />
        {mine && ' by you'}.
      </Text>
      <Text className="mono" c="dimmed">
        {payout.digest}
      </Text>
      <DataTable caption="Transfers" rows={lines} columns={columns} id={({ statement }) => statement} />
      {payout.state === 'proposed' && (
        <>
          <Notice title="The second person’s step">
            <Text>
              {mine
                ? 'You put it together, so somebody else of payroll approves it.'
                : 'You approve exactly these lines: the digest above covers each person and amount. Afterwards it cannot be changed or given up.'}
            </Text>
          </Notice>
          <Group>
            {!mine && isPayroll(vendor) && (
              <Button loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
                Approve {money(payout.total, payout.currency)}
              </Button>
            )}
            <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
              Give it up: its statements are free again
            </Button>
          </Group>
        </>
      )}
      {payout.state === 'approved' && isPayroll(vendor) && (
        <>
          <Text>
            A file opens the accounts of {counted(payout.transfers, 'person', 'people')}, with a receipt for each that they
            see. It is kept nowhere here: keep it as you keep money.
          </Text>
          <Group>
            {(Object.keys(formats) as (keyof typeof formats)[]).map((format) => (
              <Button
                key={format}
                variant="default"
                loading={make.isPending && make.variables === format}
                onClick={() => make.mutate(format)}
              >
                Make the file: {formats[format]}
              </Button>
            ))}
          </Group>
        </>
      )}
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <li key={`${file.sha256} ${file.at}`}>
              {formats[file.format]} made <Time value={file.at} />, SHA-256 <Id value={file.sha256} label="hash" />
            </li>
          ))}
        </ul>
      )}
      <ProblemNotice error={approve.error ?? withdraw.error ?? make.error} safe="The payout is as it was." />
    </Stack>
  );
}
