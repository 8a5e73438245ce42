import { Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { put, useAct } from '../../vendor/asking';
import type { RosterPerson } from '../types';
import { Form } from '../../vendor/form';
import { days } from './week';

/** One person's week, in hours for each day; days off cannot be planned on. */
export function PlanWeek({ person, monday, close }: { person: RosterPerson; monday: string; close: () => void }) {
  const [minutes, setMinutes] = useState(person.minutes);
  const act = useAct(() => put(`/api/desk/roster/${person.placement}`, { monday, minutes }));
  return (
    <Form
      title={`${person.name}, week from ${monday}`}
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text c="dimmed">
        By the person’s own clock ({person.zone}); {person.weekHours} hours a week were offered. A plan promises nothing
        that was not offered: pay follows the work that is done.
      </Text>
      <Group>
        {days.map((day, at) => (
          <NumberInput
            key={day}
            label={person.off[at] ? `${day} (off)` : day}
            disabled={person.off[at]}
            min={0}
            max={24}
            step={0.5}
            decimalScale={2}
            w={80}
            value={(minutes[at] ?? 0) / 60}
            onChange={(value) => setMinutes(minutes.map((one, of) => (of === at ? Math.round(Number(value) * 60) : one)))}
          />
        ))}
      </Group>
    </Form>
  );
}
