import { Button, Group, Text, Title } from '@mantine/core';
import type { FormVersion, Question } from '../../api/types';
import { DataTable, type Column } from '../../ui/data-table';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useFormVersions, useOpenForm } from './queries';

/** The versions of the form. None of them ever changes; one can be taken as the beginning of the next. */
export function Versions({
  lab,
  project,
  current,
  take,
}: {
  lab: string;
  project: string;
  current: number;
  take: (questions: Question[]) => void;
}) {
  const versions = useFormVersions(lab, project);
  const open = useOpenForm(lab, project);
  if (current === 0) return null;
  const columns: Column<FormVersion>[] = [
    { title: 'Version', value: (v) => v.version, show: (v) => `Version ${v.version}` },
    { title: 'Saved', value: (v) => v.createdAt, show: (v) => <Time value={v.createdAt} /> },
    {
      title: 'State',
      value: (v) => (v.version === current ? 'newest' : v.inUse ? 'in use' : ''),
      show: (v) => (
        <Group gap="xs">
          {v.version === current && <State tone="good">In force for new batches</State>}
          {v.inUse && <State>In use by a batch</State>}
        </Group>
      ),
    },
    {
      title: 'Act',
      value: () => '',
      show: (v) => (
        <Button
          variant="default"
          loading={open.isPending && open.variables === v.version}
          onClick={() => open.mutate(v.version, { onSuccess: (form) => take(form.questions) })}
        >
          Take into the editor
          <span className="visually-hidden">: version {v.version}</span>
        </Button>
      ),
    },
  ];
  return (
    <section aria-labelledby="form-versions">
      <Title order={2} id="form-versions" mb="xs">
        Versions
      </Title>
      <Text c="dimmed" mb="xs">
        Batches keep the version they were opened with; so do tasks in hand.
      </Text>
      <ProblemNotice error={versions.error ?? open.error} />
      {versions.data && (
        <div className="panel">
          <DataTable
            caption="Versions of the form"
            rows={versions.data}
            columns={columns}
            id={(v) => String(v.version)}
            order={{ column: 0, down: true }}
          />
        </div>
      )}
    </section>
  );
}
