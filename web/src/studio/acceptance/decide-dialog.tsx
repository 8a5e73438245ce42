import { Button, Checkbox, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Acceptance, AcceptanceDecision } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { count, counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import { shortId } from '../figures/interval-chart';
import { useDecide, useDefects } from './queries';
import { estimateWords } from './words';

/** Decides on a batch: accept it, accept it but for some answers, or give all of it back. */
export function DecideDialog({
  lab,
  project,
  round,
  name,
  close,
}: {
  lab: string;
  project: string;
  round: Acceptance;
  name: string;
  close: () => void;
}) {
  const decide = useDecide(lab, project, round.id);
  // A batch that was not judged to the end can be rejected, but not accepted.
  const whole = round.judged === round.sample;
  const [decision, setDecision] = useState<AcceptanceDecision>(
    !whole ? 'reject' : round.defects > 0 ? 'partly' : 'accept',
  );
  const [reason, setReason] = useState('');
  const [people, setPeople] = useState<string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate(
      {
        decision,
        reason: reason.trim() || undefined,
        ...(decision === 'partly' && people.length > 0 && { people }),
      },
      { onSuccess: close },
    );
  };
  return (
    <Dialog title={`Decide on ${name}`} close={close} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>{estimateWords(round)}</Text>
          <Radio.Group
            label="Decision"
            value={decision}
            onChange={(next) => setDecision(next as AcceptanceDecision)}
          >
            <Stack gap="xs" mt={4}>
              {whole && (
                <>
                  <Radio value="accept" label="Accept the batch" description="Every answer stays accepted." />
                  <Radio
                    value="partly"
                    label="Accept in part"
                    description={`The ${counted(round.defects, 'defect')} found go back, and all answers of the people you name.`}
                  />
                </>
              )}
              <Radio
                value="reject"
                label="Reject the batch"
                description={`All ${count(round.population)} answers go back; once they are redone, another round is drawn.`}
              />
            </Stack>
          </Radio.Group>
          {!whole && (
            <Text c="dimmed">
              {counted(round.sample - round.judged, 'answer')} of the sample still to judge before the batch
              can be accepted.
            </Text>
          )}
          {decision === 'partly' && (
            <Concerned lab={lab} project={project} round={round} people={people} setPeople={setPeople} />
          )}
          <Textarea
            label={decision === 'accept' ? 'Words for the record' : 'Reason'}
            description={decision === 'accept' ? 'Optional.' : 'The people whose work comes back read this.'}
            required={decision !== 'accept'}
            withAsterisk={false}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <ProblemNotice error={decide.error} safe="Nothing was decided." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button
              type="submit"
              color={decision === 'reject' ? 'red.9' : undefined}
              loading={decide.isPending}
            >
              {{ accept: 'Accept', partly: 'Accept in part', reject: 'Reject' }[decision]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Whose answers were defects, to give back all of theirs. */
function Concerned({
  lab,
  project,
  round,
  people,
  setPeople,
}: {
  lab: string;
  project: string;
  round: Acceptance;
  people: string[];
  setPeople: (people: string[]) => void;
}) {
  const [wanted, setWanted] = useState(false);
  const found = useDefects(lab, project, round.id, wanted).data?.found;
  if (round.defects === 0) return null;
  if (!found)
    return (
      <Group>
        <Button variant="default" loading={wanted} onClick={() => setWanted(true)}>
          See whose they are
        </Button>
        <Text c="dimmed">Opened with a receipt.</Text>
      </Group>
    );
  const defects = new Map<string, number>();
  for (const { annotator } of found) {
    if (annotator) defects.set(annotator, (defects.get(annotator) ?? 0) + 1);
  }
  return (
    <Checkbox.Group label="Give back all answers of" value={people} onChange={setPeople}>
      <Stack gap="xs" mt={4}>
        {[...defects].map(([person, theirs]) => (
          <Checkbox
            key={person}
            value={person}
            label={`${shortId(person)}, ${counted(theirs, 'defect')} in the sample`}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
