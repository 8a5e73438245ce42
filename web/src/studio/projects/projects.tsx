import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { Project } from '../../api/types';
import { useNewProject, useProjects } from './queries';

/** The lab's projects. */
export default function Projects() {
  const { membership } = useHere();
  const lab = membership.slug;
  const staff = isStaff(membership);
  const projects = useProjects(lab);
  const [making, setMaking] = useState(false);
  return (
    <Page title="Projects" aside={staff && <Button onClick={() => setMaking(true)}>New project</Button>}>
      <ProblemNotice error={projects.error} retry={() => void projects.refetch()} />
      {projects.isPending && <Loading what="Opening the projects" />}
      {projects.data?.length === 0 && (
        <EmptyState title="No projects yet">
          {staff
            ? 'Make one, then write its guidelines and form, import items, and open a batch.'
            : 'They appear here as soon as the lab makes one.'}
        </EmptyState>
      )}
      {projects.data && projects.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Projects"
            rows={projects.data}
            columns={columns(lab, staff)}
            id={(project) => project.id}
          />
        </div>
      )}
      {making && <NewProject lab={lab} close={() => setMaking(false)} />}
    </Page>
  );
}

const columns = (lab: string, named: boolean): Column<Project>[] => [
  {
    title: 'Project',
    value: (p) => p.name ?? '',
    show: (p) => (
      <Link to={`/labs/${lab}/studio/${p.id}`}>{p.name ?? (named ? `${p.code} (suspended)` : p.code)}</Link>
    ),
  },
  { title: 'Code name', value: (p) => p.code },
  number('Items', (p) => p.items),
  number('Open', (p) => p.slots.open),
  number('In hand', (p) => p.slots.leased),
  number('To review', (p) => p.slots.submitted),
  number('Accepted', (p) => p.slots.accepted),
  number('Returned', (p) => p.slots.returned),
  { title: 'Made', value: (p) => p.createdAt, show: (p) => <Time value={p.createdAt} /> },
];

function number(title: string, value: (project: Project) => number): Column<Project> {
  return { title, value, show: (project) => count(value(project)), numeric: true };
}

function NewProject({ lab, close }: { lab: string; close: () => void }) {
  const create = useNewProject(lab);
  const go = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, description }, { onSuccess: (made) => void go(`/labs/${lab}/studio/${made.id}`) });
  };
  return (
    <Dialog title="New project" close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text c="dimmed">Experts never see this name, only a code name that is made for it.</Text>
          <TextInput
            label="Name"
            required
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            maxRows={10}
            maxLength={10_000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <ProblemNotice error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
