import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Proposal } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { hours, raises } from '../budgets/policy';
import { usePolicy } from '../budgets/queries';
import { useMoveProposal } from './queries';
import { isOwners, touches } from './words';

/** The second person's word, or a withdrawal; either says what it does before, and what it did after. */
export function DecideDialog({
  lab,
  proposal,
  act,
  called,
  close,
}: {
  lab: string;
  proposal: Proposal;
  act: 'approve' | 'withdraw';
  called: string;
  close: () => void;
}) {
  const move = useMoveProposal(lab, act);
  const policy = usePolicy(lab).data;
  const [sure, setSure] = useState(false);
  const destroys = isOwners(proposal);
  const changes = proposal.policy && policy ? raises(policy, proposal.policy) : [];
  if (move.data)
    return (
      <Dialog title={called} close={close}>
        <Stack gap="sm">
          <Notice tone="good" title={act === 'approve' ? 'Approved' : 'Withdrawn'} live>
            Receipt {move.data.receipt}.{' '}
            {act === 'approve' && move.data.effectiveAt && (
              <>
                It takes effect <ExactTime value={move.data.effectiveAt} />
                {destroys && ' and can be withdrawn until then'}.
              </>
            )}
          </Notice>
          <Group justify="flex-end">
            <Button onClick={close}>Close</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  return (
    <Dialog title={`${act === 'approve' ? 'Approve' : 'Withdraw'}: ${called}`} close={close}>
      <Stack gap="sm">
        {act === 'approve' ? (
          <>
            <Notice tone="attention" title="What this does">
              {touches[proposal.kind]}
            </Notice>
            {changes.length > 0 && (
              <ul>
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
            {destroys && policy && <Delay seconds={policy.shredDelaySeconds} />}
            {destroys && (
              <Checkbox
                label="I have checked that nothing of it is needed any more."
                checked={sure}
                onChange={(event) => setSure(event.currentTarget.checked)}
              />
            )}
          </>
        ) : (
          <Text>Nothing changes, and it is never carried out. It can be proposed again.</Text>
        )}
        <ProblemNotice error={move.error} safe="Nothing was changed." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            color={destroys && act === 'approve' ? 'red.9' : undefined}
            loading={move.isPending}
            disabled={destroys && act === 'approve' && !sure}
            onClick={() => move.mutate(proposal.id)}
          >
            {act === 'approve' ? 'Approve it' : 'Withdraw it'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** From when a destroyed key is gone for good. */
export function Delay({ seconds }: { seconds: number }) {
  return (
    <Text>
      <strong>Gone for good:</strong>{' '}
      {seconds === 0
        ? 'at once when a second owner approves it'
        : `${counted(Math.round(hours(seconds) * 10) / 10, 'hour')} after a second owner has approved it; until then either can withdraw it`}
      . Backups made before become unreadable when the custodian has destroyed its key, which this page then
      says.
    </Text>
  );
}
