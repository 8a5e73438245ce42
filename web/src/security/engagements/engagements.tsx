import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import type { Engagement } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { reasonWord, useStops } from '../../session/suspensions';
import {
  engagementName,
  useEndEngagement,
  useEngagements,
  useNewEngagement,
} from '../../studio/engagements/queries';
import { ResumeButton, SuspendDialog } from '../../studio/suspend/suspend';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';

/** Vendors' work for the lab: their people share a budget, and can be stopped together. */
export default function Engagements({ lab }: { lab: string }) {
  const staff = isStaff(useHere().membership);
  const engagements = useEngagements(lab);
  const stops = useStops(lab);
  const [open, setOpen] = useState<{ act: 'suspend' | 'end'; of: Engagement } | null>(null);
  const stopOf = (one: Engagement) => stops.find((s) => s.scope === 'engagement' && s.id === one.id);
  const columns: Column<Engagement>[] = [
    { title: 'Name', value: engagementName },
    { title: 'People', value: (one) => one.people, show: (one) => count(one.people), numeric: true },
    { title: 'Since', value: (one) => one.createdAt, show: (one) => <Time value={one.createdAt} /> },
    {
      title: 'State',
      value: (one) => (one.endedAt ? 'ended' : stopOf(one) ? 'suspended' : 'open'),
      show: (one) => {
        const stop = stopOf(one);
        if (one.endedAt)
          return (
            <State>
              Ended <Time value={one.endedAt} />
            </State>
          );
        if (stop) return <State tone="stopped">Suspended: {reasonWord(stop.reason)}</State>;
        return <State tone="good">Open</State>;
      },
    },
  ];
  if (staff)
    columns.push({
      title: 'Acts',
      value: () => '',
      show: (one) => {
        const stop = stopOf(one);
        if (stop)
          return <ResumeButton lab={lab} suspension={stop} what="engagement" of={engagementName(one)} />;
        return one.endedAt ? null : (
          <Group gap="xs">
            <Button
              variant="default"
              c="var(--mantine-color-error)"
              onClick={() => setOpen({ act: 'suspend', of: one })}
            >
              Suspend<span className="visually-hidden"> {engagementName(one)}</span>…
            </Button>
            <Button variant="default" onClick={() => setOpen({ act: 'end', of: one })}>
              End<span className="visually-hidden"> {engagementName(one)}</span>…
            </Button>
          </Group>
        );
      },
    });
  return (
    <Stack gap="md">
      {staff && <Add lab={lab} />}
      <ProblemNotice error={engagements.error} retry={() => void engagements.refetch()} />
      {engagements.isPending && <Loading what="Looking who works for the lab" />}
      {engagements.data?.length === 0 && (
        <EmptyState title="No engagements">
          An engagement is a vendor's work for the lab. People who come by an invitation under it share its
          budget, and are suspended together.
        </EmptyState>
      )}
      {engagements.data && engagements.data.length > 0 && (
        <div className="panel">
          <DataTable caption="Engagements" rows={engagements.data} columns={columns} id={(one) => one.id} />
          <Text c="dimmed" mt="xs">
            Who works under which: <Link to={`/labs/${lab}/people`}>People</Link>. What they have seen of a
            methodology: <Link to={`/labs/${lab}/security/budgets`}>Budgets</Link>.
          </Text>
        </div>
      )}
      {open?.act === 'suspend' && (
        <SuspendDialog
          lab={lab}
          scope={{ scope: 'engagement', id: open.of.id }}
          name={engagementName(open.of)}
          close={() => setOpen(null)}
        />
      )}
      {open?.act === 'end' && <EndDialog lab={lab} engagement={open.of} close={() => setOpen(null)} />}
    </Stack>
  );
}

function Add({ lab }: { lab: string }) {
  const add = useNewEngagement(lab);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(name.trim(), { onSuccess: () => setName('') });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label="Name of a new engagement"
          description="Sealed: the lab's staff alone can read it."
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={320}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={name.trim() === ''}>
          Add
        </Button>
      </Group>
      <ProblemNotice error={add.error} safe="None was added." />
    </form>
  );
}

function EndDialog({ lab, engagement, close }: { lab: string; engagement: Engagement; close: () => void }) {
  const end = useEndEngagement(lab);
  return (
    <Dialog title={`End ${engagementName(engagement)}`} close={close}>
      <Stack gap="sm">
        <Text>
          Nobody can be invited or moved under it any more. It can end only when nobody works under it:{' '}
          {engagement.people === 0 ? 'nobody does.' : `${count(engagement.people)} still do.`}
        </Text>
        <ProblemNotice error={end.error} safe="It goes on as before." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={end.isPending} onClick={() => end.mutate(engagement.id, { onSuccess: close })}>
            End it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
