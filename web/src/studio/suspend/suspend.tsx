import { Button, Text } from '@mantine/core';
import type { Suspension } from '../../api/types';
import { useHere } from '../../session/membership';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/notice';
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

/** Lifts a suspension. Where that takes two people it says who is still to come. */
export function ResumeButton({
  lab,
  suspension,
  what,
}: {
  lab: string;
  suspension: Suspension;
  what: string;
}) {
  const { membership } = useHere();
  const resume = useResume(lab);
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
      <Button
        variant="default"
        loading={resume.isPending}
        onClick={() => resume.mutate(suspension.suspension)}
      >
        {drill ? 'End the drill' : `Resume ${suspension.scope === 'lab' ? 'lab' : what}`}
      </Button>
      {resume.data && <Text role="status">{resume.data.sentence}</Text>}
      <ProblemNotice error={resume.error} />
    </>
  );
}
