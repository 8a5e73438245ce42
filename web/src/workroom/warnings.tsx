import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Warnings } from '../api/types';
import { Notice, ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { ToProjects } from './briefing';
import { Visible } from './invisible';
import { chooseContent } from './queries';

/** Before anything is shown of content that may weigh on somebody: what it is, and a choice. */
export function WarningPage({ lab, project, code, warnings }: Place & { code: string; warnings: Warnings }) {
  return (
    <Page title={`Before you start: ${code}`} narrow>
      <WarningChoice lab={lab} project={project} warnings={warnings} />
      <Group mt="md">
        <ToProjects lab={lab} />
      </Group>
    </Page>
  );
}

interface Place {
  lab: string;
  project: string;
}

/** What one may meet, and one's choice; to say no has no disadvantage, and it can be chosen anew at any time. */
export function WarningChoice({ lab, project, warnings }: Place & { warnings: Warnings }) {
  const client = useQueryClient();
  const choosing = useMutation({
    mutationFn: (accept: boolean) => chooseContent(lab, project, accept),
    onSuccess: (_, accepted) =>
      client.setQueryData(['lab', lab, project, 'warnings'], { ...warnings, accepted } satisfies Warnings),
  });
  const { accepted } = warnings;
  const option = (accept: boolean, words: string) => (
    <Button
      variant="default"
      aria-pressed={accepted === accept}
      loading={choosing.isPending && choosing.variables === accept}
      onClick={() => choosing.mutate(accept)}
    >
      {accepted === accept && '✓ '}
      {words}
    </Button>
  );
  return (
    <Notice tone="attention" title="Some of this work may contain">
      <ul>
        {warnings.warnings.map(({ key, label }) => (
          <li key={key} dir="auto">
            <Visible text={label} />
          </li>
        ))}
      </ul>
      <Group gap="xs" role="group" aria-label="Do you want to work with this content?">
        {option(true, 'I will work with it')}
        {option(false, 'Not for me')}
      </Group>
      <Text component="p" mt="xs" mb={0} role="status">
        {accepted === false
          ? 'You get no tasks with such content. Other work of this project stays open to you.'
          : 'To say no has no disadvantage for you. You can choose again at any time on the page of your day.'}
      </Text>
      <ProblemNotice error={choosing.error} />
    </Notice>
  );
}
