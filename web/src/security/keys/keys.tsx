import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Keys } from '../../api/types';
import { useHere } from '../../session/membership';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { BrowserKeys } from './browser-keys';
import { useChangeCustodian, useKeys, useRotate } from './queries';
import { RecoveryDialog } from './recovery-dialog';

const custodians: Record<string, string> = {
  file: 'a key file on this machine',
  'file+passphrase': 'a key file under a passphrase',
  pkcs11: 'a PKCS#11 token',
  transit: 'OpenBao or HashiCorp Vault',
  'aws-kms': 'AWS KMS',
};

const called = (name: string) => custodians[name] ?? name;

/** Who keeps the lab's root key, since when, and what an owner can do about it. */
export default function KeysPage({ lab }: { lab: string }) {
  const keys = useKeys(lab);
  const { membership } = useHere();
  if (keys.isPending) return <Loading what="Asking the custodian" />;
  return (
    <Stack gap="md">
      <ProblemNotice error={keys.error} retry={() => void keys.refetch()} />
      {keys.data && <Facts keys={keys.data} />}
      {keys.data && membership.role === 'owner' && <Acts lab={lab} keys={keys.data} />}
      <BrowserKeys lab={lab} />
    </Stack>
  );
}

function Facts({ keys }: { keys: Keys }) {
  const facts: [string, React.ReactNode][] = [
    [
      'Root key',
      <Group key="custodian" gap="xs">
        <span>with {called(keys.custodian)}</span>
        <State tone={keys.reachable ? 'good' : 'stopped'}>
          {keys.reachable ? 'Within reach' : 'Out of reach: nothing opens'}
        </State>
      </Group>,
    ],
    ['Made', <ExactTime key="rotated" value={keys.rotatedAt} />],
    ['Projects with keys', keys.projects],
    [
      'Recovery key',
      keys.recovery ? (
        <span key="recovery">
          {keys.recovery.threshold} of {counted(keys.recovery.shares, 'share')}, made{' '}
          <ExactTime value={keys.recovery.madeAt} />
        </span>
      ) : (
        <State tone="attention">None: with its custodian everything of this lab would be lost</State>
      ),
    ],
  ];
  return (
    <div className="panel table-scroll">
      <Table>
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={160}>
                {name}
              </Table.Th>
              <Table.Td className="whole">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Acts({ lab, keys }: { lab: string; keys: Keys }) {
  const rotate = useRotate(lab);
  const [open, setOpen] = useState<'recovery' | 'custodian' | null>(null);
  return (
    <Stack gap="sm">
      <Group>
        <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          Rotate root and lab key
        </Button>
        <Button variant="default" onClick={() => setOpen('recovery')}>
          Make a recovery key…
        </Button>
        {keys.custodians.length > 1 && (
          <Button variant="default" onClick={() => setOpen('custodian')}>
            Change custodian…
          </Button>
        )}
      </Group>
      <Text c="dimmed">
        Rotating makes new root and lab keys while work goes on; nothing is re-encrypted, and it can be done
        at any time.
      </Text>
      <ProblemNotice error={rotate.error} safe="The keys are as they were." />
      {rotate.data && (
        <Notice tone="good" title="Rotated" live>
          New root and lab keys; nothing was re-encrypted. Receipt {rotate.data.receipt}.
        </Notice>
      )}
      {open === 'recovery' && <RecoveryDialog lab={lab} close={() => setOpen(null)} />}
      {open === 'custodian' && <CustodianDialog lab={lab} keys={keys} close={() => setOpen(null)} />}
    </Stack>
  );
}

function CustodianDialog({ lab, keys, close }: { lab: string; keys: Keys; close: () => void }) {
  const others = keys.custodians.filter((name) => name !== keys.custodian);
  const [to, setTo] = useState(others[0] ?? '');
  const change = useChangeCustodian(lab);
  return (
    <Dialog title="Change custodian" close={close}>
      <Stack gap="sm">
        {change.data ? (
          <Notice tone="good" title={`The root key is with ${called(to)}`} live>
            Receipt {change.data.receipt}.
          </Notice>
        ) : (
          <>
            <Text>
              A new root key is made there and the lab's key wrapped under it. Nothing is re-encrypted, and
              work goes on.
            </Text>
            <NativeSelect
              label="New custodian"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              data={others.map((name) => ({ value: name, label: called(name) }))}
            />
            <ProblemNotice error={change.error} safe="The keys are as they were." />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {change.data ? 'Close' : 'Cancel'}
          </Button>
          {!change.data && (
            <Button loading={change.isPending} onClick={() => change.mutate(to)}>
              Hand over
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
