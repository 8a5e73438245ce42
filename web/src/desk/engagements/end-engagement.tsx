import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import type { EngagementRow } from '../types';

const reasons = [
  { value: 'notice', label: 'We give notice' },
  { value: 'done', label: 'The work is done' },
  { value: 'breach', label: 'The lab broke the terms: ends at once' },
  { value: 'security', label: 'Security: ends at once' },
];

const DAY = 86_400_000;

/** Ends an engagement, now or when its notice has run. */
export function EndEngagement({
  row,
  noticeDays,
  close,
}: {
  row: EngagementRow;
  noticeDays: number;
  close: () => void;
}) {
  const end = useAct((body: { reason: string; endsAt: string }) =>
    post(`/api/desk/engagements/${row.id}/end`, body),
  );
  const [now] = useState(Date.now);
  // A day more, so that the notice has run whatever the hour.
  const first = new Date(now + (noticeDays + 1) * DAY).toISOString().slice(0, 10);
  const [reason, setReason] = useState('notice');
  const [day, setDay] = useState(first);
  const atOnce = reason === 'breach' || reason === 'security';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate(
      { reason, endsAt: atOnce ? new Date().toISOString() : new Date(`${day}T00:00:00Z`).toISOString() },
      { onSuccess: close },
    );
  };
  return (
    <Dialog title={`End the engagement with ${row.lab}`} close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <NativeSelect
            label="Reason"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data={reasons}
          />
          {!atOnce && (
            <TextInput
              label="Last moment: the beginning of this day (UTC)"
              description={`The terms give ${counted(noticeDays, 'day')} of notice.`}
              type="date"
              min={first}
              required
              withAsterisk={false}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
          <Text>
            {atOnce ? 'At once' : 'On that day'}, the placements of {counted(row.placed, 'person', 'people')}{' '}
            end, their sessions at the lab are over, and open needs and offers are taken back. They are told
            now, with this reason. Work done until then stays payable. An end can be brought forward, never
            put off.
          </Text>
          <ProblemNotice error={end.error} safe="The engagement is as it was." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
            <Button type="submit" variant="default" c="var(--mantine-color-error)" loading={end.isPending}>
              {atOnce ? 'End it now' : 'Give notice'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
