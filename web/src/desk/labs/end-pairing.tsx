import { Button, Group, Stack, Text } from '@mantine/core';
import { remove, useAct } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/notice';
import type { Peer } from '../types';

/** Says what the end of a pairing touches, then ends it. */
export function EndPairing({ peer, close }: { peer: Peer; close: () => void }) {
  const end = useAct(() => remove(`/api/desk/peers/${peer.id}`));
  return (
    <Dialog title={`End the pairing with ${peer.lab}`} close={close}>
      <Stack gap="sm">
        {peer.state === 'active' ? (
          <>
            <Text>This ends at once, on both sides:</Text>
            <ul>
              <li>
                Your people at {peer.lab} cannot sign in there once the vendor’s last word for them runs out,
                a day at most.
              </li>
              <li>No terms, statements, withdrawals or work events go between the two nodes.</li>
              <li>Work that was done stays payable; events that were not delivered stay at the lab.</li>
            </ul>
            <Text>To go on afterwards, the two nodes have to be paired anew.</Text>
          </>
        ) : (
          <Text>
            Nothing has begun yet, and nothing will. If the digits differed, tell the lab by telephone:
            somebody may stand between the two nodes.
          </Text>
        )}
        <ProblemNotice error={end.error} safe="The pairing is as it was." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button
            variant="default"
            c="var(--mantine-color-error)"
            loading={end.isPending}
            onClick={() => end.mutate(undefined, { onSuccess: close })}
          >
            End the pairing
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
