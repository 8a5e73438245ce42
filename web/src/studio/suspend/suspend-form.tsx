import { Button, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Suspension, SuspensionReason } from '../../api/types';
import { reasons } from '../../session/suspensions';
import { count, counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { ExactTime } from '../../ui/time';
import { moment } from '../disclosures/filter';
import { usePreview, useSuspend, type Scope } from './queries';

/** Says what a suspension will touch, does it on a word, and says what it did, with its receipt. */
export function SuspendForm({ lab, scope, close }: { lab: string; scope: Scope; close: () => void }) {
  const preview = usePreview(lab, scope);
  const suspend = useSuspend(lab);
  const [reason, setReason] = useState<SuspensionReason>('securityIncident');
  const [until, setUntil] = useState('');
  const [drill, setDrill] = useState(false);
  if (suspend.data) return <Done suspension={suspend.data} close={close} />;
  const end = moment(until);
  return (
    <Stack gap="sm">
      <Notice tone="attention" title={drill ? 'What this would stop' : 'What this stops'}>
        <Text component="p" m={0} aria-live="polite">
          {preview.data?.sentence ??
            (preview.error ? 'It could not be counted.' : 'Counting what it touches…')}
        </Text>
        <Text component="p" m={0} mt={4}>
          {drill
            ? 'A drill stops nothing: its receipt is written, the vaults acknowledge it, and what it would have refused is counted.'
            : 'Nothing is opened in this scope from the moment it is confirmed, on any path. Drafts under way are kept and can still be saved. What somebody has already read cannot be taken back.'}
        </Text>
      </Notice>
      <ProblemNotice error={preview.error} retry={() => void preview.refetch()} />
      <NativeSelect
        label="Reason"
        description="The people concerned are told this, and no more."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as SuspensionReason)}
        data={reasons.map(([value, label]) => ({ value, label }))}
      />
      <TextInput
        type="datetime-local"
        label="Until"
        description="Empty: until somebody lifts it. Otherwise it ends by itself, within a year."
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Switch
        label="Drill: everything happens but the stop"
        checked={drill}
        onChange={(event) => setDrill(event.currentTarget.checked)}
      />
      <ProblemNotice error={suspend.error} safe="Nothing was suspended." />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          color={drill ? undefined : 'red.9'}
          loading={suspend.isPending}
          onClick={() => suspend.mutate({ ...scope, reason, until: end ?? null, drill })}
        >
          {drill ? 'Start the drill' : 'Suspend now'}
        </Button>
      </Group>
    </Stack>
  );
}

/** What it did: who acknowledged it, what was on its way, and the receipt that says so. */
function Done({ suspension, close }: { suspension: Suspension; close: () => void }) {
  const { acknowledged, expired, inFlight, lastDisclosure, drill, until } = suspension;
  return (
    <Stack gap="sm">
      <Notice tone="good" title={drill ? 'The drill runs' : 'Suspended'} live>
        <Text component="p" m={0}>
          Since <ExactTime value={suspension.since} />, receipt {suspension.receipt}.{' '}
          {lastDisclosure === null
            ? 'Nothing had been disclosed in this scope before.'
            : `The last disclosure before it is receipt ${lastDisclosure}.`}
        </Text>
        {until && (
          <Text component="p" m={0} mt={4}>
            It ends by itself <ExactTime value={until} />.
          </Text>
        )}
        {typeof acknowledged === 'number' && (
          <Text component="p" m={0} mt={4}>
            Acknowledged by {counted(acknowledged, 'vault process', 'vault processes')}
            {expired ? `; ${count(expired)} did not answer and opens nothing any more.` : '.'}
          </Text>
        )}
        {inFlight && (
          <Text component="p" m={0} mt={4}>
            {inFlight.length === 0
              ? 'Nothing was on its way when it took effect.'
              : `On its way when it took effect: what was given to a server in ${counted(inFlight.length, 'receipt')} (${inFlight.join(', ')}) may still have reached a person.`}
          </Text>
        )}
      </Notice>
      <Group justify="flex-end">
        <Button onClick={close}>Close</Button>
      </Group>
    </Stack>
  );
}
