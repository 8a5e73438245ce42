import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { WorkProject } from '../api/types';
import { useHere } from '../session/membership';
import { reasonWord } from '../session/suspensions';
import { EmptyState } from '../ui/empty-state';
import { counted } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { useWork } from './queries';
import { useKept } from './use-kept';
import { useOutbox } from './use-outbox';

/** An expert's projects, the day's counts, and what came back. */
export default function WorkList() {
  const { membership } = useHere();
  const lab = membership.slug;
  const work = useWork(lab);
  // Answers of an earlier visit that never reached the server leave from here too.
  const { state: sending } = useOutbox(lab, useKept(membership.pseudonym), () => undefined);
  return (
    <Page title="Workroom">
      <Stack gap="md">
        <ProblemNotice error={work.error} retry={() => void work.refetch()} />
        {sending.sending > 0 && (
          <Notice tone="attention" title={`${counted(sending.sending, 'answer')} still being sent`} live>
            Kept encrypted in this browser until the lab has acknowledged it.
          </Notice>
        )}
        {work.isPending && <Loading what="Looking for work" />}
        {work.data?.projects.length === 0 && (
          <EmptyState title="No projects yet">
            When the lab opens a batch, it appears here. There is nothing you need to do.
          </EmptyState>
        )}
        {work.data?.projects.map((project) => (
          <ProjectCard key={project.id} lab={lab} project={project} />
        ))}
      </Stack>
    </Page>
  );
}

function ProjectCard({ lab, project }: { lab: string; project: WorkProject }) {
  const { mine } = project;
  const inHand = mine.leased + mine.returned > 0;
  return (
    <section className="panel" aria-labelledby={`project-${project.id}`}>
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} id={`project-${project.id}`}>
            {project.code}
          </Title>
          <Group gap="md" mt={4}>
            <ProjectState project={project} />
            <Text>
              Today: {mine.submittedToday} submitted, {mine.acceptedToday} accepted
            </Text>
            {mine.returned > 0 && <State tone="attention">{mine.returned} returned to you</State>}
          </Group>
          {project.suspended && (
            <Text mt={4}>
              Nothing is shown until the lab lifts it. What you submitted and the drafts sealed at the lab are
              kept; you need not do anything.
            </Text>
          )}
        </div>
        <Button variant="subtle" className="push" component={Link} to={`/labs/${lab}/work/${project.id}/day`}>
          Your day<span className="visually-hidden"> in {project.code}</span>
        </Button>
        {!project.suspended && (project.open || inHand) && (
          <Button
            component={Link}
            to={`/labs/${lab}/work/${project.id}`}
            aria-label={`${inHand ? 'Continue' : 'Start'} ${project.code}`}
          >
            {inHand ? 'Continue' : 'Start'}
          </Button>
        )}
      </Group>
    </section>
  );
}

function ProjectState({ project }: { project: WorkProject }) {
  if (project.suspended) return <State tone="stopped">Suspended: {reasonWord(project.suspended)}</State>;
  if (project.open) return <State tone="good">Open</State>;
  const { leased } = project.mine;
  return <State>{leased > 0 ? `${counted(leased, 'task')} in your hand` : 'No open tasks'}</State>;
}
