import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, remove, useAct, useAt } from '../../vendor/asking';
import { ProblemNotice } from '../../ui/notice';

interface Off {
  id: string;
  firstDay: string;
  lastDay: string;
}

/** Days on which one does not work: said without a reason, and nobody is asked. */
export function TimeOff() {
  const off = useAt<Off[]>('/api/me/time-off');
  const add = useAct((days: Omit<Off, 'id'>) => post<Off>('/api/me/time-off', days));
  const back = useAct((id: string) => remove(`/api/me/time-off/${id}`));
  const [firstDay, setFirst] = useState('');
  const [lastDay, setLast] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { firstDay, lastDay: lastDay || firstDay },
      {
        onSuccess: () => {
          setFirst('');
          setLast('');
        },
      },
    );
  };
  return (
    <section aria-labelledby="off">
      <Title order={2} id="off" mb="xs">
        Days off
      </Title>
      <form onSubmit={submit} className="panel">
        <Stack gap="xs">
          <Text c="dimmed">
            You give no reason and ask nobody. What was planned for you on these days is taken out.
          </Text>
          {(off.data ?? []).map((one) => (
            <Group key={one.id}>
              <Text>{one.firstDay === one.lastDay ? one.firstDay : `${one.firstDay} to ${one.lastDay}`}</Text>
              <Button variant="default" onClick={() => back.mutate(one.id)}>
                Take back<span className="visually-hidden"> {one.firstDay}</span>
              </Button>
            </Group>
          ))}
          <Group align="flex-end">
            <TextInput
              label="First day"
              type="date"
              required
              withAsterisk={false}
              value={firstDay}
              onChange={(event) => setFirst(event.currentTarget.value)}
            />
            <TextInput
              label="Last day"
              type="date"
              min={firstDay}
              value={lastDay}
              onChange={(event) => setLast(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={add.isPending}>
              Take off
            </Button>
          </Group>
          <ProblemNotice error={off.error ?? add.error ?? back.error} />
        </Stack>
      </form>
    </section>
  );
}
