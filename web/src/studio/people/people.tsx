import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Invitation, Person, Role } from '../../api/types';
import { useHere } from '../../session/membership';
import { roleNames } from '../../session/session';
import { reasonWord, useSuspensions } from '../../session/suspension-bar';
import { CopyText, Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import { ResumeButton } from '../suspend/suspend';
import { useInvitations, useInvite, usePeople, useRevoke } from './queries';

/** Who is at the lab, and the links by which others come. */
export default function People() {
  const { membership } = useHere();
  const lab = membership.slug;
  const people = usePeople(lab);
  const suspensions = useSuspensions(lab).data ?? [];
  const [inviting, setInviting] = useState(false);
  const columns: Column<Person>[] = [
    { title: 'Name', value: (p) => p.name },
    { title: 'Role', value: (p) => roleNames[p.role] },
    {
      title: 'Pseudonym',
      value: (p) => p.pseudonym,
      show: (p) => <Id value={p.pseudonym} label="pseudonym" />,
    },
    { title: 'Joined', value: (p) => p.joined, show: (p) => <Time value={p.joined} /> },
    {
      title: 'State',
      value: (p) => (p.left ? 'left' : ''),
      show: (p) => {
        const suspension = suspensions.find((s) => s.scope === 'person' && s.id === p.pseudonym);
        if (!suspension) return p.left ? <State>Left</State> : <State tone="good">Active</State>;
        return (
          <Group gap="xs">
            <State tone="stopped">Suspended: {reasonWord(suspension.reason)}</State>
            <ResumeButton lab={lab} suspension={suspension} what="person" />
          </Group>
        );
      },
    },
  ];
  return (
    <Page title="People" aside={<Button onClick={() => setInviting(true)}>Invite somebody</Button>}>
      <Stack gap="lg">
        <ProblemNotice error={people.error} retry={() => void people.refetch()} />
        {people.isPending && <Loading what="Looking who is here" />}
        {people.data && (
          <div className="panel">
            <DataTable caption="People" rows={people.data} columns={columns} id={(p) => p.pseudonym} />
          </div>
        )}
        <Invitations lab={lab} />
      </Stack>
      {inviting && <Invite lab={lab} owner={membership.role === 'owner'} close={() => setInviting(false)} />}
    </Page>
  );
}

function Invitations({ lab }: { lab: string }) {
  const invitations = useInvitations(lab);
  const revoke = useRevoke(lab);
  const columns: Column<Invitation>[] = [
    { title: 'Role', value: (i) => roleNames[i.role] },
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

function Invite({ lab, owner, close }: { lab: string; owner: boolean; close: () => void }) {
  const invite = useInvite(lab);
  const [role, setRole] = useState<Role>('annotator');
  // Staff are invited by an owner.
  const roles: Role[] = owner
    ? ['annotator', 'reviewer', 'projectManager', 'auditor']
    : ['annotator', 'reviewer'];
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
          <NativeSelect
            label="Role"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={roles.map((value) => ({ value, label: roleNames[value] }))}
          />
          <ProblemNotice error={invite.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button loading={invite.isPending} onClick={() => invite.mutate(role)}>
              Make a link
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
