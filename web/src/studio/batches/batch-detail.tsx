import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Batch, BatchFigures, StuckBatch } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { reasonWord } from '../../session/suspensions';
import { count, counted, money, percent } from '../../ui/format';
import { Notice, State } from '../../ui/notice';
import { ExactTime, Time } from '../../ui/time';
import { SlotBar } from '../figures/slot-bar';
import { StuckNotice } from '../figures/stuck';
import { OperateDialog } from '../operations/operate-dialog';
import { AcceptanceOfBatch } from '../acceptance/of-batch';
import { costWords } from './batches';
import { ChangeDialog } from './change-dialog';
import { MoveDialog } from './move-dialog';
import { PauseDialog, StateDialog } from './state-dialogs';
import { useStateOfBatch, type StateAct } from './queries';
import { batchStates, priorityWord } from './words';

type Open = 'pause' | 'change' | 'move' | 'bulk' | Exclude<StateAct, 'resume'>;

/** One batch: where it stands, how it runs, and what can be done with it. */
export function BatchDetail({
  lab,
  project,
  batch,
  figures,
  stuck,
  back,
}: {
  lab: string;
  project: string;
  batch: Batch;
  figures?: BatchFigures;
  stuck?: StuckBatch;
  back: () => void;
}) {
  const staff = isStaff(useHere().membership);
  const [open, setOpen] = useState<Open | null>(null);
  const given = { lab, project, batch, close: () => setOpen(null) };
  const { word, tone } = batchStates[batch.state];
  return (
    <Stack gap="md">
      <Group>
        <Button variant="default" onClick={back}>
          All batches
        </Button>
        <Title order={2}>{batch.name ?? batch.code}</Title>
        <Text c="dimmed">experts see: {batch.code}</Text>
        <State tone={tone}>{word}</State>
      </Group>
      {batch.state === 'paused' && (
        <Notice tone="stopped" title={`Paused: ${reasonWord(batch.pauseReason)}`}>
          Nobody is given its tasks; what is in people’s hands can be finished.
          {batch.pauseWords && <div className="plain">{batch.pauseWords}</div>}
        </Notice>
      )}
      {stuck && <StuckNotice stuck={[stuck]} names={new Map([[batch.id, batch.name ?? batch.code]])} />}
      {staff && <Acts lab={lab} project={project} batch={batch} open={setOpen} />}
      {figures && (
        <section className="panel" aria-label="Answers by state">
          <SlotBar slots={figures} />
        </section>
      )}
      <section className="panel" aria-labelledby="settings">
        <Title order={3} id="settings">
          How it runs
        </Title>
        <dl className="facts">
          {facts(batch, figures).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Deadline</dt>
            <dd>{batch.deadline ? <ExactTime value={batch.deadline} /> : 'none'}</dd>
          </div>
          <div>
            <dt>Opened</dt>
            <dd>
              <Time value={batch.openedAt} />
            </dd>
          </div>
        </dl>
      </section>
      {staff && <AcceptanceOfBatch lab={lab} project={project} batch={batch} />}
      {open === 'pause' && <PauseDialog {...given} inHand={figures?.leased} />}
      {(open === 'close' || open === 'cancel') && <StateDialog {...given} act={open} figures={figures} />}
      {open === 'change' && <ChangeDialog {...given} />}
      {open === 'move' && <MoveDialog {...given} figures={figures} />}
      {open === 'bulk' && <OperateDialog {...given} first={{ batch: batch.id }} />}
    </Stack>
  );
}

function Acts({
  lab,
  project,
  batch,
  open,
}: {
  lab: string;
  project: string;
  batch: Batch;
  open: (dialog: Open) => void;
}) {
  const state = useStateOfBatch(lab, project, batch.id);
  const runs = batch.state === 'open' || batch.state === 'paused';
  return (
    <Group gap="xs" role="group" aria-label="What can be done with this batch">
      {batch.state === 'paused' && (
        <Button loading={state.isPending} onClick={() => state.mutate('resume')}>
          Resume
        </Button>
      )}
      {batch.state === 'open' && (
        <Button variant="default" onClick={() => open('pause')}>
          Pause…
        </Button>
      )}
      {runs && (
        <>
          <Button variant="default" onClick={() => open('change')}>
            Change…
          </Button>
          <Button variant="default" onClick={() => open('move')}>
            Move to other versions…
          </Button>
        </>
      )}
      <Button variant="default" onClick={() => open('bulk')}>
        Act on many tasks…
      </Button>
      {runs && (
        <Button variant="default" onClick={() => open('close')}>
          Close…
        </Button>
      )}
      {(runs || batch.state === 'closed') && (
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => open('cancel')}>
          Cancel batch…
        </Button>
      )}
    </Group>
  );
}

/** A batch's settings in words. */
export function facts(batch: Batch, figures?: BatchFigures): [string, string][] {
  const asks = [...(batch.requires?.skills ?? []), ...(batch.requires?.languages ?? [])];
  return [
    ['Items', `${count(batch.items)}${batch.limit ? ` (at most ${count(batch.limit)})` : ''}`],
    ['Answers to an item', `${batch.overlap}${batch.adaptive ? ', and one more where they disagree' : ''}`],
    [
      'Versions',
      `${batch.guidelineVersion ? `guidelines ${batch.guidelineVersion}` : 'no guidelines'}, form ${batch.formVersion}`,
    ],
    ['Priority', priorityWord(batch.priority)],
    ['Who', asks.length > 0 ? `people with ${asks.join(', ')}` : 'every expert of the lab'],
    [
      'In hand',
      `${counted(batch.held, 'task')} for ${batch.leaseSeconds / 60} min each${batch.dailyCap ? `, ${count(batch.dailyCap)} answers a day` : ''}`,
    ],
    [
      'Review',
      `${batch.reviewPercent} % of answers${batch.secondReviewPercent ? `, ${batch.secondReviewPercent} % of those twice` : ''}; returned at most ${counted(batch.maxRounds, 'time')}, to ${batch.rework === 'same' ? 'the same person' : 'another person'}`,
    ],
    [
      'Known answers',
      batch.goldPercent === 0
        ? 'none'
        : `${batch.goldPercent} % of tasks, ${batch.goldFeedback === 'training' ? 'told at once' : 'kept back'}`,
    ],
    ['Price', batch.price === null ? 'none' : `${money(batch.price, batch.currency)} an accepted answer`],
    ['Cost', costWords(batch, figures)],
    [
      'Agreement',
      figures?.agreement
        ? `${percent(figures.agreement.value)} on ${counted(figures.agreement.items, 'item')}`
        : 'not known yet',
    ],
    ...(batch.warning
      ? [['Content warning', 'kept from people who chose not to see it'] as [string, string]]
      : []),
  ];
}
