import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Batch, BatchFigures, SuspensionReason } from '../../api/types';
import { reasons } from '../../session/suspensions';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import { usePauseBatch, useStateOfBatch } from './queries';

interface Given {
  lab: string;
  project: string;
  batch: Batch;
  close: () => void;
}

/** Stops giving out a batch's tasks, with a reason that people are told. */
export function PauseDialog({ lab, project, batch, inHand = 0, close }: Given & { inHand?: number }) {
  const pause = usePauseBatch(lab, project, batch.id);
  const [reason, setReason] = useState<SuspensionReason>('plannedPause');
  const [words, setWords] = useState('');
  return (
    <Dialog title={`Pause ${batch.name ?? batch.code}`} close={close}>
      <Stack gap="sm">
        <Text>
          Nobody is given its tasks any more. {counted(inHand, 'task')} in hand can be finished and are kept.
        </Text>
        <NativeSelect
          label="Reason"
          description="The people who work on it are told this."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value as SuspensionReason)}
          data={reasons.map(([value, label]) => ({ value, label }))}
        />
        <Textarea
          label="Words for the lab’s staff"
          description="Optional; nobody else reads them."
          autosize
          minRows={2}
          maxLength={4_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <ProblemNotice error={pause.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button
            loading={pause.isPending}
            onClick={() => pause.mutate({ reason, words: words.trim() || undefined }, { onSuccess: close })}
          >
            Pause
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Closes or cancels a batch, after saying what that touches. */
export function StateDialog({
  lab,
  project,
  batch,
  act,
  figures,
  close,
}: Given & { act: 'close' | 'cancel'; figures?: BatchFigures }) {
  const state = useStateOfBatch(lab, project, batch.id);
  const name = batch.name ?? batch.code;
  return (
    <Dialog title={`${act === 'close' ? 'Close' : 'Cancel'} ${name}`} close={close}>
      <Stack gap="sm">
        <Text>{consequence(act, figures)}</Text>
        <ProblemNotice error={state.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button
            color={act === 'cancel' ? 'red.9' : undefined}
            loading={state.isPending}
            onClick={() => state.mutate(act, { onSuccess: close })}
          >
            {act === 'close' ? 'Close the batch' : 'Cancel the batch'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** What closing or cancelling does to a batch as it stands. */
export function consequence(act: 'close' | 'cancel', figures?: BatchFigures): string {
  const { open = 0, leased = 0, submitted = 0, accepted = 0 } = figures ?? {};
  const hands = `${counted(leased, 'task')} in hand can be finished, ${counted(submitted, 'answer')} can be reviewed`;
  return act === 'close'
    ? `No new task is given out: ${counted(open, 'open task')} will not be answered. ${hands}, and what was accepted stays.`
    : `The batch is not wanted any more, and this cannot be taken back: ${counted(open, 'open task')} will not be answered. ${hands}; ${counted(accepted, 'accepted answer')} are kept.`;
}
