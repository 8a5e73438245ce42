import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { Person, Role } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff, roleNames } from '../../session/session';
import { reasonWord, useStops } from '../../session/suspensions';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import { engagementOf, useEngagements } from '../engagements/queries';
import { ResumeButton } from '../suspend/suspend';
import { Invitations, Invite } from './invite';
import { PersonDialog } from './person-dialog';
import { usePeople } from './queries';
import { roleWords } from './roles';

/** Who is at the lab, what each may do, and the links by which others come. */
export default function People() {
  const { membership } = useHere();
  const lab = membership.slug;
  const staff = isStaff(membership);
  const people = usePeople(lab);
  const suspensions = useStops(lab);
  const engagements = useEngagements(lab).data ?? [];
  const [inviting, setInviting] = useState(false);
  const [shown, setShown] = useState<Person | null>(null);
  const columns: Column<Person>[] = [
    { title: 'Name', value: (p) => p.name },
    { title: 'Role', value: (p) => roleNames[p.role], filter: true },
    { title: 'Engagement', value: (p) => engagementOf(engagements, p.engagement), filter: true },
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
        if (!suspension && suspensions.some((s) => s.scope === 'engagement' && s.id === p.engagement))
          return <State tone="stopped">Suspended with the engagement</State>;
        if (!suspension) return p.left ? <State>Left</State> : <State tone="good">Active</State>;
        return (
          <Group gap="xs">
            <State tone="stopped">Suspended: {reasonWord(suspension.reason)}</State>
            {staff && <ResumeButton lab={lab} suspension={suspension} what="person" of={p.name} />}
          </Group>
        );
      },
    },
  ];
  return (
    <Page title="People" aside={staff && <Button onClick={() => setInviting(true)}>Invite somebody</Button>}>
      <Stack gap="lg">
        <ProblemNotice error={people.error} retry={() => void people.refetch()} />
        {people.isPending && <Loading what="Looking who is here" />}
        {people.data && (
          <div className="panel">
            <DataTable
              caption="People"
              rows={people.data}
              columns={columns}
              id={(p) => p.pseudonym}
              open={setShown}
            />
          </div>
        )}
        {staff && <Invitations lab={lab} />}
        <Roles />
      </Stack>
      {inviting && <Invite lab={lab} owner={membership.role === 'owner'} close={() => setInviting(false)} />}
      {shown && <PersonDialog lab={lab} person={shown} close={() => setShown(null)} />}
    </Page>
  );
}

function Roles() {
  return (
    <section aria-labelledby="roles">
      <Title order={2} id="roles" mb="xs">
        What roles may do
      </Title>
      <dl className="panel" style={{ marginBlockStart: 0 }}>
        {(Object.entries(roleWords) as [Role, string][]).map(([role, words]) => (
          <div key={role}>
            <dt>
              <strong>{roleNames[role]}</strong>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
