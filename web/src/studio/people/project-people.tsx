import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PersonProgress } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { reasonWord, useStops } from '../../session/suspensions';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { useProgress } from '../project/queries';
import { ResumeButton, SuspendDialog } from '../suspend/suspend';

/** Who has worked on this project, and the switch that stops one person at once. */
export default function ProjectPeople({ lab, project }: { lab: string; project: string }) {
  const staff = isStaff(useHere().membership);
  const progress = useProgress(lab, project);
  const suspensions = useStops(lab);
  const [stopping, setStopping] = useState<PersonProgress | null>(null);
  if (progress.error) return <ProblemNotice error={progress.error} retry={() => void progress.refetch()} />;
  if (!progress.data) return <Loading what="Looking who works here" />;
  const people = progress.data.people;
  if (people.length === 0)
    return (
      <EmptyState title="Nobody has worked here yet">
        Experts of the lab take tasks as soon as a batch is open.{' '}
        {staff && <Link to={`/labs/${lab}/people`}>Invite people</Link>}
      </EmptyState>
    );
  const columns: Column<PersonProgress>[] = [
    { title: 'Name', value: (p) => p.name ?? 'unknown' },
    {
      title: 'Pseudonym',
      value: (p) => p.pseudonym,
      show: (p) => <Id value={p.pseudonym} label="pseudonym" />,
    },
    { title: 'In hand', value: (p) => p.leased, numeric: true },
    {
      title: 'Disclosures',
      value: () => '',
      show: (p) => (
        <Link to={`/labs/${lab}/studio/${project}/disclosures?person=${p.pseudonym}`}>
          What was shown<span className="visually-hidden"> to {p.name ?? 'this person'}</span>
        </Link>
      ),
    },
    {
      title: 'State',
      value: () => '',
      show: (p) => {
        const suspension = suspensions.find((s) => s.scope === 'person' && s.id === p.pseudonym);
        if (suspension)
          return (
            <>
              <State tone="stopped">Suspended: {reasonWord(suspension.reason)}</State>{' '}
              {staff && (
                <ResumeButton lab={lab} suspension={suspension} what="person" of={p.name ?? undefined} />
              )}
            </>
          );
        return !staff ? (
          <State tone="good">Active</State>
        ) : (
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => setStopping(p)}>
            Suspend<span className="visually-hidden"> {p.name ?? 'this person'}</span>…
          </Button>
        );
      },
    },
  ];
  return (
    <div className="panel">
      <DataTable caption="People at work" rows={people} columns={columns} id={(p) => p.pseudonym} />
      <Text c="dimmed" mt="xs">
        <Link to={`/labs/${lab}/people`}>People of the lab and their roles</Link>
      </Text>
      {stopping && (
        <SuspendDialog
          lab={lab}
          scope={{ scope: 'person', id: stopping.pseudonym }}
          name={stopping.name ?? 'person'}
          close={() => setStopping(null)}
        />
      )}
    </div>
  );
}
