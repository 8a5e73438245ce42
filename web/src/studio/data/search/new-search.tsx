import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemNotice } from '../../../ui/notice';
import { slotStates, stateOf } from '../items/items';
import { useStartSearch } from './queries';

const OTHER = 'other';

/** What to look for, and where. None of it is ever in an address. */
export function NewSearch({ lab, project }: { lab: string; project: string }) {
  const start = useStartSearch(lab, project);
  const [text, setText] = useState('');
  const [part, setPart] = useState('');
  const [other, setOther] = useState('');
  const [state, setState] = useState('');
  const field = part === OTHER ? other.trim() : part;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate(
      { text: text.trim(), ...(field ? { field } : {}), state: stateOf(state) },
      { onSuccess: () => setText('') },
    );
  };
  return (
    <section className="panel" aria-labelledby="new-search">
      <Title order={2} id="new-search" mb="xs">
        Search the content
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text c="dimmed">
            Items are sealed and nothing of them is indexed, so a search opens each of them inside the node.
            That is receipted as a search; what is found is kept sealed for 24 hours, and reading it is a
            disclosure to you.
          </Text>
          <Group gap="sm" align="flex-end">
            <TextInput
              label="Words"
              required
              minLength={2}
              maxLength={200}
              w={280}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <NativeSelect
              label="In"
              value={part}
              onChange={(event) => setPart(event.currentTarget.value)}
              data={[
                { value: '', label: 'any part' },
                { value: 'prompt', label: 'the prompt' },
                { value: 'a', label: 'the first response' },
                { value: 'b', label: 'the second response' },
                { value: 'responses', label: 'the responses' },
                { value: 'text', label: 'the text' },
                { value: OTHER, label: 'another field…' },
              ]}
            />
            {part === OTHER && (
              <TextInput
                label="Field"
                required
                maxLength={200}
                w={160}
                value={other}
                onChange={(event) => setOther(event.currentTarget.value)}
              />
            )}
            <NativeSelect
              label="Of items with a task that is"
              value={state}
              onChange={(event) => setState(event.currentTarget.value)}
              data={[
                { value: '', label: 'in any state' },
                ...Object.entries(slotStates).map(([value, label]) => ({ value, label })),
              ]}
            />
            <Button type="submit" loading={start.isPending} disabled={text.trim().length < 2}>
              Search
            </Button>
          </Group>
          <ProblemNotice error={start.error} />
        </Stack>
      </form>
    </section>
  );
}
