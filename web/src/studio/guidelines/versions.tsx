import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Sections } from '../../workroom/guidelines-pane';
import { Changes } from './changes';
import { useGuidelineChanges, useGuidelineVersion, useGuidelineVersions } from './queries';

interface Version {
  number: number;
  publishedAt: string;
}

/** The published versions, each to be read, and any two to be compared. They are opened when asked for, not before. */
export function Versions({ lab, project }: { lab: string; project: string }) {
  const versions = useGuidelineVersions(lab, project);
  const [shown, setShown] = useState<number | null>(null);
  const columns: Column<Version>[] = [
    { title: 'Version', value: (v) => v.number, show: (v) => `Version ${v.number}` },
    { title: 'Published', value: (v) => v.publishedAt, show: (v) => <Time value={v.publishedAt} /> },
  ];
  return (
    <section aria-labelledby="versions">
      <Title order={2} id="versions" mb="xs">
        Published versions
      </Title>
      <ProblemNotice error={versions.error} />
      {versions.data?.length === 0 && <Text c="dimmed">None yet. A batch needs a published version.</Text>}
      {versions.data && versions.data.length > 0 && (
        <Stack gap="sm">
          <div className="panel">
            <DataTable
              caption="Published versions"
              rows={versions.data}
              columns={columns}
              id={(v) => String(v.number)}
              order={{ column: 0, down: true }}
              open={(v) => setShown(v.number)}
            />
          </div>
          {versions.data.length > 1 && (
            <Comparison lab={lab} project={project} numbers={versions.data.map((v) => v.number)} />
          )}
        </Stack>
      )}
      {shown !== null && <Reading lab={lab} project={project} number={shown} close={() => setShown(null)} />}
    </section>
  );
}

function Reading({
  lab,
  project,
  number,
  close,
}: {
  lab: string;
  project: string;
  number: number;
  close: () => void;
}) {
  const version = useGuidelineVersion(lab, project, number);
  return (
    <Dialog title={`Guidelines, version ${number}`} close={close} size="lg">
      <ProblemNotice error={version.error} />
      {version.data ? <Sections sections={version.data.sections} level={3} /> : <Loading what="Opening" />}
    </Dialog>
  );
}

function Comparison({ lab, project, numbers }: { lab: string; project: string; numbers: number[] }) {
  const down = [...numbers].sort((x, y) => y - x);
  const [to, setTo] = useState(down[0]!);
  const [from, setFrom] = useState(down[1]!);
  const [wanted, setWanted] = useState<{ from: number; to: number } | null>(null);
  const choice = (label: string, value: number, set: (number: number) => void) => (
    <NativeSelect
      label={label}
      value={String(value)}
      onChange={(event) => set(Number(event.currentTarget.value))}
      data={down.map((number) => ({ value: String(number), label: `Version ${number}` }))}
    />
  );
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        {choice('From', from, setFrom)}
        {choice('To', to, setTo)}
        <Button variant="default" disabled={from === to} onClick={() => setWanted({ from, to })}>
          Compare
        </Button>
      </Group>
      {wanted && <Compared key={`${wanted.from}-${wanted.to}`} lab={lab} project={project} {...wanted} />}
    </Stack>
  );
}

function Compared({ lab, project, from, to }: { lab: string; project: string; from: number; to: number }) {
  const found = useGuidelineChanges(lab, project, from, to);
  if (found.error) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="Comparing" />;
  return <Changes changes={found.data.sections} titles={[`Version ${from}`, `Version ${to}`]} />;
}
