import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useHere } from '../../session/membership';
import { useApproveKey, useBrowserKeys, useRevokeKey, type BrowserKey } from '../../settings/signing/queries';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';

const called = (key: BrowserKey) => key.name ?? 'somebody who has left';

/** Which browsers sign for whom, and what an owner can do about each. */
export function BrowserKeys({ lab }: { lab: string }) {
  const { membership } = useHere();
  const keys = useBrowserKeys(lab);
  const approve = useApproveKey(lab);
  const [revoking, setRevoking] = useState<BrowserKey | null>(null);
  const owner = membership.role === 'owner';
  const mayRevoke = (key: BrowserKey) =>
    key.revokedAt === null &&
    membership.role !== 'auditor' &&
    (owner || key.engagement !== null || key.person === membership.pseudonym);
  const columns: Column<BrowserKey>[] = [
    { title: 'Of', value: called },
    {
      title: 'Key',
      value: (key) => key.thumbprint,
      show: (key) => <Id value={key.thumbprint} label="key" />,
    },
    { title: 'Since', value: (key) => key.since, show: (key) => <Time value={key.since} /> },
    {
      title: 'State',
      value: (key) => (key.waiting ? 'waiting' : key.revokedAt ? 'revoked' : 'enrolled'),
      show: (key) =>
        key.waiting ? (
          <State tone="attention">Waits for an owner's signature</State>
        ) : key.revokedAt ? (
          <State tone="stopped">
            Revoked <Time value={key.revokedAt} />
          </State>
        ) : (
          <State tone="good">Signs</State>
        ),
    },
    {
      title: 'Act',
      value: () => '',
      show: (key) => (
        <Group gap="xs" wrap="nowrap">
          {key.waiting && owner && (
            <Button
              variant="default"
              loading={approve.isPending && approve.variables === key.id}
              onClick={() => approve.mutate(key.id)}
            >
              Sign for it<span className="visually-hidden">: {called(key)}</span>
            </Button>
          )}
          {mayRevoke(key) && (
            <Button variant="default" onClick={() => setRevoking(key)}>
              Revoke…<span className="visually-hidden">: {called(key)}</span>
            </Button>
          )}
        </Group>
      ),
    },
  ];
  return (
    <section aria-labelledby="browser-keys">
      <Title order={2} id="browser-keys" mb="xs">
        Browsers that sign
      </Title>
      <ProblemNotice error={keys.error ?? approve.error} safe="The keys are as they were." />
      {keys.isPending && <Loading what="Looking for keys" />}
      {keys.data?.length === 0 && (
        <Text c="dimmed">
          None yet. Staff enrol theirs under their settings, a vendor&apos;s people when they come.
        </Text>
      )}
      {keys.data && keys.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Browser keys" rows={keys.data} columns={columns} id={(key) => key.id} />
        </div>
      )}
      {revoking && <RevokeDialog lab={lab} browserKey={revoking} close={() => setRevoking(null)} />}
    </section>
  );
}

function RevokeDialog({
  lab,
  browserKey,
  close,
}: {
  lab: string;
  browserKey: BrowserKey;
  close: () => void;
}) {
  const revoke = useRevokeKey(lab);
  const away = browserKey.waiting
    ? 'It was never enrolled: nothing changes but that nobody signs for it any more.'
    : `From its receipt on nothing opens with this key. ${called(browserKey)} cannot open anything in that browser, also in the middle of a task; what was typed is kept. What was signed before stays signed. A new browser is a new enrolment.`;
  return (
    <Dialog title={`Revoke the key of ${called(browserKey)}`} close={close}>
      <Stack gap="sm">
        <Text>{away}</Text>
        <ProblemNotice error={revoke.error} safe="The key is as it was." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            color="red"
            loading={revoke.isPending}
            onClick={() => revoke.mutate(browserKey.id, { onSuccess: close })}
          >
            Revoke
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
