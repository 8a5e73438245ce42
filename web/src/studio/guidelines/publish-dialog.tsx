import { Button, Group, Stack, Text } from '@mantine/core';
import type { Section } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Changes } from './changes';
import { useGuidelineVersion, useGuidelineVersions } from './queries';
import { changesBetween } from './sections';

/** Shows what a new version would change before it is published. */
export function PublishDialog({
  lab,
  project,
  sections,
  pending,
  error,
  publish,
  close,
}: {
  lab: string;
  project: string;
  sections: Section[];
  pending: boolean;
  error: unknown;
  publish: () => void;
  close: () => void;
}) {
  const versions = useGuidelineVersions(lab, project);
  const last = Math.max(0, ...(versions.data ?? []).map((version) => version.number));
  return (
    <Dialog title={`Publish version ${last + 1}`} close={close} size="xl">
      <Stack gap="md">
        <Text>
          Batches opened from now on use it, and whoever works in them is shown what changed before they go
          on. Open batches keep their version until they are moved; tasks in hand keep theirs.
        </Text>
        <ProblemNotice error={versions.error ?? error} />
        {versions.isPending && <Loading what="Looking for the published version" />}
        {versions.data && last === 0 && (
          <Text>It is the first one: {sections.length} sections, all new.</Text>
        )}
        {last > 0 && <Against lab={lab} project={project} number={last} sections={sections} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not yet
          </Button>
          <Button onClick={publish} loading={pending} disabled={!versions.data} data-autofocus>
            Publish
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Against({
  lab,
  project,
  number,
  sections,
}: {
  lab: string;
  project: string;
  number: number;
  sections: Section[];
}) {
  const published = useGuidelineVersion(lab, project, number);
  if (published.error) return <ProblemNotice error={published.error} />;
  if (!published.data) return <Loading what={`Opening version ${number}`} />;
  return (
    <Changes
      changes={changesBetween(published.data.sections, sections)}
      titles={[`Version ${number}`, 'The draft']}
    />
  );
}
