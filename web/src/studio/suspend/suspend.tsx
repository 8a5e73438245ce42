import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Suspension } from '../../api/types';
import { useHere } from '../../session/membership';
import { reasonWord } from '../../session/suspensions';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { useResume, type Scope } from './queries';
import { SuspendForm } from './suspend-form';

/** Suspends one thing that is known by its name. */
export function SuspendDialog({
  lab,
  scope,
  name,
  close,
}: {
  lab: string;
  scope: Scope;
  name: string;
  close: () => void;
}) {
  return (
    <Dialog title={`Suspend ${name}`} close={close}>
      <SuspendForm lab={lab} scope={scope} close={close} />
    </Dialog>
  );
}

/** Lifts a suspension, after a word on what goes on then. Where it takes two people it says who is still to come. */
export function ResumeButton({
  lab,
  suspension,
  what,
  of,
}: {
  lab: string;
  suspension: Suspension;
  what: string;
  /** What tells the button apart from others of the same words, for who cannot see where it stands. */
  of?: string;
}) {
  const { membership } = useHere();
  const [asking, setAsking] = useState(false);
  const { resumeBy, twoToLift, drill } = suspension;
  if (resumeBy !== null && resumeBy === membership.pseudonym)
    return (
      <Text role="status">
        You have asked to lift it. It takes a second person: somebody else of the lab's staff.
      </Text>
    );
  return (
    <>
      {twoToLift && (
        <Text c="dimmed">
          {resumeBy
            ? 'One person has asked to lift it; you would be the second.'
            : 'Lifting it takes two people.'}
        </Text>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        {drill ? 'End the drill' : `Resume ${what}`}
        {of && <span className="visually-hidden">, {of}</span>}…
      </Button>
      {asking && (
        <ResumeDialog lab={lab} suspension={suspension} what={what} close={() => setAsking(false)} />
      )}
    </>
  );
}

function ResumeDialog({
  lab,
  suspension,
  what,
  close,
}: {
  lab: string;
  suspension: Suspension;
  what: string;
  close: () => void;
}) {
  const resume = useResume(lab);
  const { reason, since, drill, twoToLift, resumeBy } = suspension;
  const first = twoToLift && resumeBy === null;
  return (
    <Dialog title={drill ? 'End the drill' : `Resume ${what}`} close={close}>
      <Stack gap="sm">
        <Text component="p" m={0}>
          {drill ? 'Drill' : 'Suspended'} since <ExactTime value={since} />, reason: {reasonWord(reason)}.
        </Text>
        <Notice tone="attention" title={first ? 'Nothing changes yet' : 'What this does'}>
          {drill
            ? 'What it would have refused is counted up to now. It stopped nothing, so nothing starts again.'
            : first
              ? 'A second person of the lab has to ask for it too. Until then it stays stopped.'
              : 'What it stopped can be opened again at once, unless another suspension covers it too. People go on where they were, with their drafts.'}
        </Notice>
        <ProblemNotice error={resume.error} safe="It is suspended as before." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            loading={resume.isPending}
            onClick={() => resume.mutate(suspension.suspension, { onSuccess: close })}
          >
            {drill ? 'End it now' : first ? 'Ask to resume' : 'Resume now'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
