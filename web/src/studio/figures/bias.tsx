import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { BiasScan, SideFigures } from '../../api/types';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { count, counted } from '../../ui/format';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { ChartFrame } from './chart-frame';
import { IntervalChart, Share, shortId } from './interval-chart';
import { useBias, useEndBias, useStartBias } from './queries';

/** Whether people prefer the response on one side whatever it says. Answers are opened for it, so it is asked for. */
export function Bias({ lab, project }: { lab: string; project: string }) {
  const [looking, setLooking] = useState(false);
  return (
    <Stack gap="md">
      <section className="panel" aria-labelledby="bias">
        <Stack gap="sm">
          <Title order={2} id="bias">
            Left and right
          </Title>
          <Text>
            Sides are dealt by chance, so whoever judges by content picks left about half of the time. To
            count it, every answer is opened once, each with a receipt, and so is what was counted.
          </Text>
          {!looking && (
            <Group>
              <Button variant="default" onClick={() => setLooking(true)}>
                Look at the last scan
              </Button>
            </Group>
          )}
          {looking && <Scan lab={lab} project={project} />}
        </Stack>
      </section>
      {looking && <Found lab={lab} project={project} />}
    </Stack>
  );
}

function Scan({ lab, project }: { lab: string; project: string }) {
  const bias = useBias(lab, project);
  const start = useStartBias(lab, project);
  const end = useEndBias(lab, project);
  const scan = bias.data;
  return (
    <>
      <ProblemNotice error={bias.error ?? start.error ?? end.error} />
      {scan === null && <Text>Nothing was scanned yet.</Text>}
      {scan && <ScanState scan={scan} />}
      <Group gap="xs">
        {scan?.state === 'running' ? (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(scan.id)}>
            Stop the scan
          </Button>
        ) : (
          bias.data !== undefined && (
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {scan ? 'Scan again' : 'Scan every answer'}
            </Button>
          )
        )}
        {scan && scan.state !== 'running' && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(scan.id)}>
            Remove what it found
          </Button>
        )}
      </Group>
    </>
  );
}

function ScanState({ scan }: { scan: BiasScan }) {
  if (scan.state === 'running')
    return (
      <div role="status">
        <Text>
          {count(scan.scanned)} of {counted(scan.total, 'answer')} opened, begun{' '}
          <Time value={scan.requestedAt} />
        </Text>
        <Progress
          value={scan.total === 0 ? 0 : (scan.scanned / scan.total) * 100}
          aria-label="Answers opened"
        />
      </div>
    );
  if (scan.state === 'failed')
    return (
      <Notice tone="stopped" title="The scan did not come to an end" live>
        Reason: {scan.problem ?? 'unknown'}. What was opened until then has its receipts.
      </Notice>
    );
  return (
    <Text>
      <State tone={scan.state === 'done' ? 'good' : 'neutral'}>
        {scan.state === 'done' ? 'Done' : 'Stopped'}
      </State>{' '}
      {counted(scan.scanned, 'answer')} opened
      {scan.endedAt && (
        <>
          , <Time value={scan.endedAt} />
        </>
      )}
    </Text>
  );
}

const columns: Column<SideFigures>[] = [
  { title: 'Person', value: (s) => s.pseudonym, show: (s) => <Id value={s.pseudonym} label="pseudonym" /> },
  { title: 'Left', value: (s) => s.left, show: (s) => count(s.left), numeric: true },
  { title: 'Right', value: (s) => s.right, show: (s) => count(s.right), numeric: true },
  { title: 'Tie', value: (s) => s.tie, show: (s) => count(s.tie), numeric: true },
  {
    title: 'Share of left',
    value: (s) => s.share?.value ?? -1,
    show: (s) => (s.share ? <Share {...s.share} of={s.left + s.right} /> : 'only ties'),
    numeric: true,
  },
  {
    title: 'By chance alone',
    value: (s) => s.adjusted,
    show: (s) =>
      s.adjusted < 0.05 ? <State tone="attention">unlikely: {chance(s.adjusted)}</State> : chance(s.adjusted),
  },
];

const chance = (p: number) => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);

function Found({ lab, project }: { lab: string; project: string }) {
  const people = useBias(lab, project).data?.people;
  if (!people || people.length === 0) return null;
  const rows = people.flatMap(({ pseudonym, left, right, share }) =>
    share ? [{ id: pseudonym, label: shortId(pseudonym), of: left + right, ...share }] : [],
  );
  const table = (
    <DataTable caption="Sides by person" rows={people} columns={columns} id={(s) => s.pseudonym} />
  );
  return (
    <ChartFrame title="Share of left, by person" table={table}>
      <IntervalChart rows={rows} what="Share of left among left and right" reference={0.5} />
      <Text c="dimmed">
        The dashed line is one half. The table says how likely each share is by chance alone, corrected for
        looking at everybody at once.
      </Text>
    </ChartFrame>
  );
}
