import { Button, Group, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useHere } from '../session/membership';
import { isStaff } from '../session/session';
import { reasonWord } from '../session/suspensions';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import { ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { useWork } from '../workroom/queries';

/** The projects whose answers a reviewer can look at. */
export default function ReviewList() {
  const { membership } = useHere();
  const lab = membership.slug;
  const work = useWork(lab);
  return (
    <Page title="Review">
      <Stack gap="md">
        <ProblemNotice error={work.error} retry={() => void work.refetch()} />
        {work.isPending && <Loading what="Looking for projects" />}
        {work.data?.projects.length === 0 && (
          <EmptyState title="No projects yet">Submitted answers appear here once a batch is open.</EmptyState>
        )}
        {work.data?.projects.map((project) => (
          <section key={project.id} className="panel" aria-labelledby={`project-${project.id}`}>
            <Group justify="space-between">
              <Group gap="md">
                <Title order={2} id={`project-${project.id}`}>
                  {project.code}
                </Title>
                {project.suspended && (
                  <State tone="stopped">Suspended: {reasonWord(project.suspended)}</State>
                )}
              </Group>
              {!project.suspended && (
                <Group gap="xs">
                  {isStaff(membership) && (
                    <Button
                      variant="default"
                      component={Link}
                      to={`/labs/${lab}/review/${project.id}/escalations`}
                    >
                      Passed on<span className="visually-hidden"> in {project.code}</span>
                    </Button>
                  )}
                  <Button
                    variant="default"
                    component={Link}
                    to={`/labs/${lab}/review/${project.id}/acceptances`}
                  >
                    Samples<span className="visually-hidden"> of {project.code}</span>
                  </Button>
                  <Button variant="default" component={Link} to={`/labs/${lab}/review/${project.id}/appeals`}>
                    Appeals<span className="visually-hidden"> in {project.code}</span>
                  </Button>
                  <Button component={Link} to={`/labs/${lab}/review/${project.id}`}>
                    Review answers<span className="visually-hidden"> of {project.code}</span>
                  </Button>
                </Group>
              )}
            </Group>
          </section>
        ))}
      </Stack>
    </Page>
  );
}
