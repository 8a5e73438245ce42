import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Progress, Suspension, SuspensionReason } from '../../api/types';
import { reasons } from '../../session/suspension-bar';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { useProgress } from '../project/queries';
import { useResume, useSuspend } from './queries';

export interface SuspendScope {
  kind: 'project' | 'person';
  id: string;
}

/** Says what a suspension will touch, does it on a word, and says what it did, with its receipt. */
export function SuspendDialog({
  lab,
  project,
  scope,
  name,
  close,
}: {
  lab: string;
  project: string;
  scope: SuspendScope;
  name: string;
  close: () => void;
}) {
  const progress = useProgress(lab, project);
  const suspend = useSuspend(lab);
  const [reason, setReason] = useState<SuspensionReason>('securityIncident');
  return (
    <Dialog title={`Suspend ${name}`} close={close}>
      {suspend.data ? (
        <Done suspension={suspend.data} close={close} />
      ) : (
        <Stack gap="sm">
          <Notice tone="attention" title="What this stops">
            <Text component="p" m={0}>
              {progress.data ? touches(progress.data, scope) : 'Counting who is at work…'}
            </Text>
            <Text component="p" m={0} mt={4}>
              Nothing is opened in this scope from the moment it is confirmed, on any path. Drafts under way
              are kept and can still be saved. What somebody has already read cannot be taken back.
            </Text>
          </Notice>
          <NativeSelect
            label="Reason"
            description="The people concerned are told this, and no more."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value as SuspensionReason)}
            data={reasons.map(([value, label]) => ({ value, label }))}
          />
          <ProblemNotice error={suspend.error} safe="Nothing was suspended." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red.9"
              loading={suspend.isPending}
              onClick={() => suspend.mutate({ scope: scope.kind, id: scope.id, reason })}
            >
              Suspend now
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function Done({ suspension, close }: { suspension: Suspension; close: () => void }) {
  return (
    <Stack gap="sm">
      <Notice tone="good" title="Suspended" live>
        <Text component="p" m={0}>
          Since <ExactTime value={suspension.since} />, receipt {suspension.receipt}.{' '}
          {suspension.lastDisclosure === null
            ? 'Nothing had been disclosed in this scope before.'
            : `The last disclosure before it is receipt ${suspension.lastDisclosure}.`}
        </Text>
      </Notice>
      <Group justify="flex-end">
        <Button onClick={close}>Close</Button>
      </Group>
    </Stack>
  );
}

/** Whom a suspension stops and what of theirs is kept. */
export function touches({ people }: Progress, scope: SuspendScope): string {
  const concerned = scope.kind === 'person' ? people.filter((p) => p.pseudonym === scope.id) : people;
  const atWork = concerned.filter((person) => person.leased > 0);
  const inHand = atWork.reduce((sum, person) => sum + person.leased, 0);
  if (scope.kind === 'person') {
    return inHand === 0
      ? 'Stops this person in every project of the lab. No task here is in hand.'
      : `Stops this person in every project of the lab, with ${counted(inHand, 'task')} in hand here; drafts are kept.`;
  }
  if (inHand === 0)
    return 'Nobody has a task in hand now. Reviews, staff and deliveries of the project stop as well.';
  return `Stops ${counted(atWork.length, 'person', 'people')} with ${counted(inHand, 'task')} in hand; drafts are kept. Reviews, staff and deliveries of the project stop as well.`;
}

export function ResumeButton({
  lab,
  suspension,
  what,
}: {
  lab: string;
  suspension: Suspension;
  what: string;
}) {
  const resume = useResume(lab);
  return (
    <>
      <Button
        variant="default"
        loading={resume.isPending}
        onClick={() => resume.mutate(suspension.suspension)}
      >
        Resume {suspension.scope === 'lab' ? 'lab' : what}
      </Button>
      <ProblemNotice error={resume.error} />
    </>
  );
}
