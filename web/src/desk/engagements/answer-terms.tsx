import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import type { EngagementRow, Terms } from '../types';
import { TermsInWords } from './terms';

/** Terms that wait for an answer, what each answer brings about, and the answer. */
export function AnswerTerms({
  row,
  proposed,
  before,
  manager,
}: {
  row: EngagementRow;
  proposed: Terms;
  before: Terms | null;
  manager: boolean;
}) {
  const [answering, setAnswering] = useState<boolean | null>(null);
  return (
    <section aria-labelledby="proposed" className="panel">
      <Title order={2} id="proposed">
        {before ? 'Changed terms wait for your answer' : 'Terms wait for your answer'}
      </Title>
      <TermsInWords terms={proposed} before={before} />
      {manager ? (
        <Group mt="sm">
          <Button onClick={() => setAnswering(true)}>Accept…</Button>
          <Button variant="default" onClick={() => setAnswering(false)}>
            Decline…
          </Button>
        </Group>
      ) : (
        <Text c="dimmed" mt="sm">
          A manager or owner answers them.
        </Text>
      )}
      {answering !== null && (
        <Answer
          row={row}
          revision={proposed.revision}
          accepted={answering}
          changed={before !== null}
          close={() => setAnswering(null)}
        />
      )}
    </section>
  );
}

function Answer({
  row,
  revision,
  accepted,
  changed,
  close,
}: {
  row: EngagementRow;
  revision: number;
  accepted: boolean;
  changed: boolean;
  close: () => void;
}) {
  const answer = useAct(() => post(`/api/desk/engagements/${row.id}/answer`, { revision, accepted }));
  return (
    <Dialog
      title={accepted ? `Accept the terms of ${row.lab}` : `Decline the terms of ${row.lab}`}
      close={close}
    >
      <Stack gap="sm">
        <Text>
          {accepted
            ? changed
              ? `They hold from now on, for ${counted(row.placed, 'person', 'people')} placed here too: whoever lacks something that they newly ask for cannot go on working until it is in order. The lab is told.`
              : 'They hold from now on. You can open needs from the lab’s briefs and place people. The lab is told.'
            : changed
              ? 'The terms in force go on as they are, and nobody’s work changes. The lab is told.'
              : 'There will be no engagement unless the lab sends other terms. The lab is told.'}
        </Text>
        <ProblemNotice error={answer.error} safe="No answer was given." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button loading={answer.isPending} onClick={() => answer.mutate(undefined, { onSuccess: close })}>
            {accepted ? 'Accept' : 'Decline'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
