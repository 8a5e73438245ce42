import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, remove, useAct, useAt } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import { EmptyState } from '../../ui/empty-state';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';

interface Template {
  id: string;
  name: string;
  questions: string[];
}

/** Questions that everybody is asked in the same words. Interviews are written down, never filmed. */
export default function Interviews() {
  const templates = useAt<Template[]>('/api/desk/interview-templates');
  const retire = useAct((id: string) => remove(`/api/desk/interview-templates/${id}`));
  const [making, setMaking] = useState(false);
  return (
    <Stack gap="sm">
      <Group>
        <Button onClick={() => setMaking(true)}>Make a template…</Button>
      </Group>
      <ProblemNotice error={templates.error ?? retire.error} />
      {templates.data?.length === 0 && (
        <EmptyState title="No questions yet">
          An interview is written down question by question on a person’s page.
        </EmptyState>
      )}
      {(templates.data ?? []).map((template) => (
        <article key={template.id} className="panel" aria-label={template.name}>
          <Group justify="space-between">
            <Text fw={600}>
              {template.name}: {counted(template.questions.length, 'question')}
            </Text>
            <Button variant="default" onClick={() => retire.mutate(template.id)}>
              Take out of use<span className="visually-hidden"> {template.name}</span>
            </Button>
          </Group>
          <ol>
            {template.questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ol>
        </article>
      ))}
      {making && <Make close={() => setMaking(false)} />}
    </Stack>
  );
}

function Make({ close }: { close: () => void }) {
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const questions = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const act = useAct(() => post('/api/desk/interview-templates', { name, questions }));
  return (
    <Form
      title="Make a template"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Questions, one a line"
        required
        withAsterisk={false}
        autosize
        minRows={5}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text c="dimmed">
        {counted(questions.length, 'question')}. To change one later, make another template.
      </Text>
    </Form>
  );
}
