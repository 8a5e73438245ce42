import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Rates } from '../../vendor/rates';
import { endWord, hours, labStates, stopWord } from '../../vendor/work';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { ExactTime, Time } from '../../ui/time';
import type { MyPlacement, StoppedWork } from '../types';
import { Missing } from './offer';

const nameOf = ({ codeName, lab }: MyPlacement) => `${codeName ?? 'Work'} for ${lab}`;

/** Where one works: the way in, its state, and where it has stopped, why and what stays payable. */
export function Placement({ placement, stops }: { placement: MyPlacement; stops: StoppedWork[] }) {
  const [leaving, setLeaving] = useState(false);
  const name = nameOf(placement);
  const whole = stops.some(({ project }) => project === null);
  const inOrder = placement.missing.length === 0;
  return (
    <article className="panel" aria-label={name}>
      <Group justify="space-between">
        <Title order={3}>{name}</Title>
        <PlacementState placement={placement} stopped={whole} />
      </Group>
      {stops.map((stop) => (
        <Stopped key={stop.project ?? ''} stop={stop} />
      ))}
      {!inOrder && <Missing missing={placement.missing} />}
      {placement.endsAt && (
        <Notice tone="attention" title="It ends">
          <Text>
            Nobody works on it from <ExactTime value={placement.endsAt} />. What you do until then is paid.
          </Text>
        </Notice>
      )}
      <dl className="facts">
        <div>
          <dt>At the lab</dt>
          <dd>{(placement.labState && labStates[placement.labState]) ?? 'the lab has not answered yet'}</dd>
        </div>
        <div>
          <dt>Expected</dt>
          <dd>
            {counted(placement.weekHours, 'hour')} a week; {counted(placement.noticeDays, 'day')} of notice
          </dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            <Time value={placement.startedAt} />
            {placement.role === 'lead' && ', as a lead'}
          </dd>
        </div>
      </dl>
      <Group mt="sm">
        <Button component="a" href={placement.labAddress} rel="noreferrer">
          Work at the lab
        </Button>
        <Text c="dimmed">
          {placement.labState === 'enrolled'
            ? `You sign in at ${placement.labAddress} itself; this node sees nothing of what you do there but counts and times.`
            : `The first time, ${placement.labAddress} asks you to enrol and sends you back here once.`}
        </Text>
      </Group>
      <details>
        <summary>Rates</summary>
        <Rates rates={placement.rates} currency={placement.currency} caption={`Rates of ${name}`} />
      </details>
      <Group mt="xs">
        <Button variant="default" onClick={() => setLeaving(true)}>
          Leave…<span className="visually-hidden"> {name}</span>
        </Button>
      </Group>
      {leaving && <Leave placement={placement} close={() => setLeaving(false)} />}
    </article>
  );
}

function PlacementState({ placement, stopped }: { placement: MyPlacement; stopped: boolean }) {
  if (stopped) return <State tone="stopped">Stopped by the lab</State>;
  if (placement.missing.length > 0) return <State tone="stopped">Waits for you</State>;
  if (placement.labState === 'enrolled') return <State tone="good">Open</State>;
  return <State tone="attention">To be enrolled at the lab</State>;
}

function Stopped({ stop }: { stop: StoppedWork }) {
  return (
    <Notice
      tone="stopped"
      title={`${stop.project === null ? 'Work here' : 'One project here'} has stopped: ${stop.reason ? stopWord(stop.reason) : 'the lab gave no reason'}`}
    >
      <Text>
        Since <Time value={stop.since} />. The {hours(stop.seconds)} that you have worked on it stay payable
        {stop.begun > 0 &&
          `; the lab keeps ${counted(stop.begun, 'task')} that you had begun, with what you wrote`}
        .{stop.project === null ? ' Below is other work that is open.' : ' Other projects here go on.'}
      </Text>
    </Notice>
  );
}

function Leave({ placement, close }: { placement: MyPlacement; close: () => void }) {
  const leave = useAct(() => post(`/api/me/placements/${placement.id}/leave`));
  return (
    <Dialog title={`Leave ${nameOf(placement)}`} close={close}>
      <Stack gap="sm">
        <Text>
          Your session at the lab ends at once and you cannot work there again without a new offer. Work that
          is done is paid; a task that you have begun is given to somebody else. Nothing else follows from
          leaving.
        </Text>
        <ProblemNotice error={leave.error} safe="You have not left." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Stay
          </Button>
          <Button
            variant="default"
            c="var(--mantine-color-error)"
            loading={leave.isPending}
            onClick={() => leave.mutate(undefined, { onSuccess: close })}
          >
            Leave
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

export function Past({ placements }: { placements: MyPlacement[] }) {
  return (
    <section aria-labelledby="past">
      <Title order={2} id="past" mb="xs">
        Ended
      </Title>
      <ul className="panel plain">
        {placements.map((placement) => (
          <li key={placement.id}>
            {nameOf(placement)}: ended <Time value={placement.endedAt!} />
            {placement.endReason && `, ${endWord(placement.endReason)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
