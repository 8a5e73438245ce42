import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { put, useAct, useAt } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNotice } from '../../ui/notice';

interface Module {
  code: string;
  title: string;
  text: string;
  goodForDays: number;
}

/** What people read before they work, and how long that is good for. */
export default function Training() {
  const modules = useAt<Module[]>('/api/me/training');
  const [changing, setChanging] = useState<Module | null>(null);
  return (
    <Stack gap="sm">
      <Group>
        <Button onClick={() => setChanging({ code: '', title: '', text: '', goodForDays: 365 })}>
          Add a module…
        </Button>
      </Group>
      <ProblemNotice error={modules.error} retry={() => void modules.refetch()} />
      {modules.data?.length === 0 && (
        <EmptyState title="No training yet">Labs may ask that training is in date.</EmptyState>
      )}
      <ul className="bare">
        {(modules.data ?? []).map((module) => (
          <li key={module.code} className="panel">
            <Group justify="space-between">
              <Text>
                <strong>{module.title}</strong> ({module.code}), good for {module.goodForDays} days
              </Text>
              <Button variant="default" onClick={() => setChanging(module)}>
                Change…<span className="visually-hidden"> {module.title}</span>
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {changing && <Change module={changing} close={() => setChanging(null)} />}
    </Stack>
  );
}

function Change({ module, close }: { module: Module; close: () => void }) {
  const [code, setCode] = useState(module.code);
  const [title, setTitle] = useState(module.title);
  const [text, setText] = useState(module.text);
  const [goodForDays, setDays] = useState(module.goodForDays);
  const act = useAct(() => put(`/api/desk/training/${code.trim()}`, { title, text, goodForDays }));
  return (
    <Form
      title={module.code ? `Change ${module.title}` : 'Add a module'}
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <TextInput
        label="Code"
        required
        withAsterisk={false}
        disabled={module.code !== ''}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NumberInput
        label="Good for, in days"
        min={1}
        max={3653}
        value={goodForDays}
        onChange={(value) => setDays(Number(value))}
      />
      <Textarea
        label="Text (Markdown)"
        required
        withAsterisk={false}
        autosize
        minRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  );
}
