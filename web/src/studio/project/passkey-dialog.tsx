import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { askFull, askPlain, etagOf, http } from '../../api/client';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/notice';
import { inProject, projectKey } from '../keys';

const choices = [
  ['0', 'Never'],
  ['15', 'After 15 minutes'],
  ['60', 'After an hour'],
  ['240', 'After 4 hours'],
  ['480', 'After 8 hours'],
] as const;

/** How often who works on the project has to use a passkey again. */
export function PasskeyDialog({
  lab,
  project,
  minutes,
  close,
}: {
  lab: string;
  project: string;
  minutes: number | null;
  close: () => void;
}) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState(String(minutes ?? 0));
  const data: { value: string; label: string }[] = choices.map(([value, label]) => ({ value, label }));
  if (!choices.some(([value]) => value === chosen))
    data.push({ value: chosen, label: `After ${chosen} minutes` });
  const save = useMutation({
    mutationFn: async () => {
      const { data: facts, response } = await askFull(
        http.GET('/api/labs/{lab}/projects/{project}', inProject(lab, project)),
      );
      const { name, description } = facts;
      const change = { name, description, stepUpMinutes: Number(chosen) };
      // The tag comes in its quotes already.
      await askPlain('PUT', `/api/labs/${lab}/projects/${project}`, change, etagOf(response));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: projectKey(lab, project, 'facts') });
      close();
    },
  });
  return (
    <Dialog title="Ask for the passkey again" close={close}>
      <Stack gap="sm">
        <Text>
          Whoever works on this project, reviews it or judges its samples then uses a passkey from time to
          time before more of it opens. What they have typed stays. People who sign in with a password cannot
          go on until they have a passkey.
        </Text>
        <NativeSelect
          label="A passkey is wanted again"
          data={data}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <ProblemNotice error={save.error} safe="The project is as it was." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
