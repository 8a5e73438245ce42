import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyText } from '../../ui/copy';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useMakeRecoveryKey } from './queries';

/** Makes a recovery key and shows its shares, this once. */
export function RecoveryDialog({ lab, close }: { lab: string; close: () => void }) {
  const [shares, setShares] = useState(5);
  const [threshold, setThreshold] = useState(3);
  const make = useMakeRecoveryKey(lab);
  const wrong = threshold > shares ? 'Not more than there are shares.' : undefined;
  return (
    <Dialog title="Recovery key" close={close}>
      {make.data ? (
        <Stack gap="sm">
          <Notice tone="attention" title="Give each share to another person now" live>
            They are shown this once and kept nowhere. {make.data.threshold} of them replace a lost custodian;
            fewer tell nothing. Receipt {make.data.receipt}.
          </Notice>
          {make.data.shares.map((share, i) => (
            <CopyText key={share} value={share} label={`share ${i + 1}`} />
          ))}
          <Group justify="flex-end">
            <Button onClick={close}>All are handed over</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm">
          <Text>
            Should the custodian of the root key be lost, so many people together can put another in its
            place. A recovery key that was made before is worth nothing any more.
          </Text>
          <Group grow align="flex-start">
            <NumberInput
              label="Shares"
              min={2}
              max={16}
              value={shares}
              onChange={(value) => setShares(Number(value))}
            />
            <NumberInput
              label="How many it takes"
              min={2}
              max={16}
              value={threshold}
              error={wrong}
              onChange={(value) => setThreshold(Number(value))}
            />
          </Group>
          <ProblemNotice error={make.error} safe="No recovery key was made." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              loading={make.isPending}
              disabled={wrong !== undefined}
              onClick={() => make.mutate({ shares, threshold })}
            >
              Make it
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
