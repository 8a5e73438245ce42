import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Invitation, Role } from '../../api/types';
import { roleNames } from '../../session/session';
import { CopyText } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { engagementOf, useEngagements } from '../engagements/queries';
import { EngagementSelect } from '../engagements/engagement-select';
import { useInvitations, useInvite, useRevoke } from './queries';
import { invitable, isVendors, roleWords } from './roles';

/** Makes a link by which one person comes to the lab. */
export function Invite({ lab, owner, close }: { lab: string; owner: boolean; close: () => void }) {
  const invite = useInvite(lab);
  const [role, setRole] = useState<Role>('annotator');
  const [engagement, setEngagement] = useState<string | null>(null);
  return (
    <Dialog title="Invite somebody" close={close} size="lg">
      {invite.data ? (
        <Stack gap="sm">
          <Notice tone="attention" title="This link is shown once" live>
            It makes one person {roleNames[role].toLowerCase()} at this lab and ends{' '}
            <Time value={invite.data.expires} />. Send it by a way you trust.
          </Notice>
          <CopyText value={invite.data.link} label="enrolment link" />
          <Group justify="flex-end">
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm">
          <Radio.Group
            label="Role"
            description={owner ? undefined : 'Project managers and auditors are invited by an owner.'}
            value={role}
            onChange={(next) => setRole(next as Role)}
          >
            <Stack gap="xs" mt="xs">
              {invitable(owner).map((value) => (
                <Radio key={value} value={value} label={roleNames[value]} description={roleWords[value]} />
              ))}
            </Stack>
          </Radio.Group>
          {isVendors(role) && <EngagementSelect lab={lab} value={engagement} change={setEngagement} />}
          <ProblemNotice error={invite.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              loading={invite.isPending}
              onClick={() => invite.mutate({ role, engagement: isVendors(role) ? engagement : null })}
            >
              Make a link
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

/** Links that nobody has used yet. */
export function Invitations({ lab }: { lab: string }) {
  const invitations = useInvitations(lab);
  const revoke = useRevoke(lab);
  const engagements = useEngagements(lab).data ?? [];
  const columns: Column<Invitation>[] = [
    { title: 'Role', value: (i) => roleNames[i.role] },
    { title: 'Engagement', value: (i) => engagementOf(engagements, i.engagement) },
    { title: 'Ends', value: (i) => i.expires, show: (i) => <Time value={i.expires} /> },
    {
      title: 'Withdraw',
      value: () => '',
      show: (i) => (
        <Button variant="default" onClick={() => revoke.mutate(i.id)}>
          Withdraw
        </Button>
      ),
    },
  ];
  return (
    <section aria-labelledby="invitations">
      <Title order={2} id="invitations" mb="xs">
        Links not used yet
      </Title>
      <ProblemNotice error={invitations.error ?? revoke.error} />
      {invitations.data?.length === 0 && <Text c="dimmed">None.</Text>}
      {invitations.data && invitations.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Links" rows={invitations.data} columns={columns} id={(i) => i.id} />
        </div>
      )}
    </section>
  );
}
