import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Proposal } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { ExactTime, Time } from '../../ui/time';
import { personCalled, useNames } from '../names';
import { DecideDialog } from './decide-dialog';
import { ProposeDialog } from './propose-dialog';
import { useProposals } from './queries';
import { isOpen, isOwners, proposalCalled } from './words';

/** Acts that take two people: what waits, for whom, and from when it holds. */
export default function Proposals({ lab }: { lab: string }) {
  const { membership } = useHere();
  const owner = membership.role === 'owner';
  const proposals = useProposals(lab);
  const names = useNames(lab);
  const [proposing, setProposing] = useState(false);
  const [deciding, setDeciding] = useState<{ proposal: Proposal; act: 'approve' | 'withdraw' } | null>(null);
  const mayMove = (p: Proposal) => isOpen(p) && isStaff(membership) && (owner || !isOwners(p));
  const columns: Column<Proposal>[] = [
    { title: 'What', value: (p) => proposalCalled(p, names) },
    { title: 'State', value: (p) => p.state, show: (p) => <Standing proposal={p} />, filter: true },
    { title: 'Proposed', value: (p) => p.at, show: (p) => <Time value={p.at} /> },
    { title: 'By', value: (p) => personCalled(names, p.by) },
    { title: 'Second', value: (p) => (p.approvedBy ? personCalled(names, p.approvedBy) : '') },
    {
      title: 'Takes effect',
      value: (p) => p.effectiveAt ?? '',
      show: (p) => (p.effectiveAt ? <ExactTime value={p.effectiveAt} /> : ''),
    },
    {
      title: 'Gone from backups',
      value: (p) => p.goneAt ?? '',
      show: (p) => (p.goneAt ? <ExactTime value={p.goneAt} /> : ''),
    },
    { title: 'Receipt', value: (p) => p.receipt, numeric: true },
    {
      title: 'Acts',
      value: () => '',
      show: (p) =>
        mayMove(p) && (
          <Group gap="xs" wrap="nowrap">
            {p.state === 'open' && p.by !== membership.pseudonym && (
              <Button variant="default" onClick={() => setDeciding({ proposal: p, act: 'approve' })}>
                Approve…<span className="visually-hidden"> {proposalCalled(p, names)}</span>
              </Button>
            )}
            <Button variant="default" onClick={() => setDeciding({ proposal: p, act: 'withdraw' })}>
              Withdraw…<span className="visually-hidden"> {proposalCalled(p, names)}</span>
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <Stack gap="md">
      <Text>
        What lets more be read, and what destroys keys, takes two people of the lab: one proposes it, another
        approves it. Shredding takes effect only after the delay that the lab has set, and can be withdrawn
        until then.
      </Text>
      {owner && (
        <Group>
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => setProposing(true)}>
            Propose to shred or erase…
          </Button>
        </Group>
      )}
      <ProblemNotice error={proposals.error} retry={() => void proposals.refetch()} />
      {proposals.isPending && <Loading what="Looking what waits" />}
      {proposals.data?.length === 0 && (
        <EmptyState title="Nothing waits for a second person">
          Higher limits are proposed under Budgets{owner && ', shredding and erasing here'}.
        </EmptyState>
      )}
      {proposals.data && proposals.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Proposals" rows={proposals.data} columns={columns} id={(p) => p.id} />
        </div>
      )}
      {proposing && <ProposeDialog lab={lab} close={() => setProposing(false)} />}
      {deciding && (
        <DecideDialog
          lab={lab}
          proposal={deciding.proposal}
          act={deciding.act}
          called={proposalCalled(deciding.proposal, names)}
          close={() => setDeciding(null)}
        />
      )}
    </Stack>
  );
}

function Standing({ proposal }: { proposal: Proposal }) {
  switch (proposal.state) {
    case 'open':
      return <State tone="attention">Waits for a second person</State>;
    case 'approved':
      return <State tone="stopped">Approved, waits for its time</State>;
    case 'done':
      return <State tone="good">Done</State>;
    case 'withdrawn':
      return <State>Withdrawn</State>;
  }
}
