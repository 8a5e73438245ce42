import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { GuidelinesToRead } from '../api/types';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State, type Tone } from '../ui/notice';
import { Page } from '../ui/page';
import { Body } from './guidelines-pane';
import { Visible } from './invisible';
import { guidelineCalls } from './queries';
import styles from './workroom.module.css';

const Compared = lazy(() => import('./compared'));

type Section = GuidelinesToRead['sections'][number];

/** Before work under guidelines that a person has not acknowledged: what they say, what is new. */
export function Briefing({
  lab,
  project,
  code,
  version,
  start,
}: {
  lab: string;
  project: string;
  code: string;
  version: number;
  start: () => void;
}) {
  const calls = useMemo(() => guidelineCalls(lab, project), [lab, project]);
  const reading = useQuery({
    queryKey: ['lab', lab, project, 'reading', version],
    queryFn: () => calls.read(version),
    // Opening them is a disclosure: once.
    staleTime: Infinity,
    gcTime: 0,
  });
  const acknowledging = useMutation({ mutationFn: () => calls.acknowledge(version), onSuccess: start });
  if (!reading.data)
    return reading.error ? (
      <Page title="The guidelines could not be opened" narrow>
        <ProblemNotice error={reading.error} retry={() => void reading.refetch()} />
      </Page>
    ) : (
      <Loading what="Opening the guidelines" />
    );
  const { from, sections } = reading.data;
  return (
    <Page title={`Before you start: ${code}`}>
      <Stack gap="md" maw="46rem">
        <Notice
          tone="neutral"
          title={
            from === 0
              ? `Guidelines, version ${version}`
              : `The guidelines changed: version ${version}, you last read version ${from}`
          }
        >
          Please read these sections. They stay beside every task. What you open here is recorded by name of
          record and time; the time you work is counted while you are active on a task.
        </Notice>
        <div className="panel">
          {sections.length === 0 && <Text c="dimmed">There are no guidelines for this task.</Text>}
          {sections.map((section) => (
            <ReadSection key={section.key} section={section} first={from === 0} />
          ))}
        </div>
        <ProblemNotice error={acknowledging.error} retry={() => acknowledging.mutate()} />
        <Group>
          <Button onClick={() => acknowledging.mutate()} loading={acknowledging.isPending}>
            I have read them: start
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}

const changeWords: Record<Section['change'], [Tone, string] | null> = {
  added: ['attention', 'new'],
  changed: ['attention', 'changed'],
  removed: ['neutral', 'taken out'],
  same: null,
};

function ReadSection({ section, first }: { section: Section; first: boolean }) {
  const [compared, setCompared] = useState(false);
  const words = first ? null : changeWords[section.change];
  const comparable = section.change === 'changed' && section.before != null;
  return (
    <section className={styles.section}>
      <Group gap="xs">
        <Title order={2} size="h4" dir="auto">
          <Visible text={section.title} />
        </Title>
        {words && <State tone={words[0]}>{words[1]}</State>}
        {comparable && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-pressed={compared}
            onClick={() => setCompared(!compared)}
          >
            {compared ? 'Show it as it is now' : 'Show what changed'}
          </Button>
        )}
      </Group>
      {compared ? (
        <Suspense fallback={<Loading what="Comparing" />}>
          <Compared before={section.before ?? ''} after={section.body ?? ''} />
        </Suspense>
      ) : (
        section.body !== null && <Body text={section.body} />
      )}
    </section>
  );
}

/** The way back to one's projects, as every page without a task has it. */
export function ToProjects({ lab }: { lab: string }) {
  return (
    <Button variant="default" component={Link} to={`/labs/${lab}/work`}>
      Your projects
    </Button>
  );
}
