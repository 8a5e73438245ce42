import { Checkbox, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { Question } from '../../api/types';
import { Notice } from '../../ui/notice';
import type { Faults } from './check';
import { ShowIf } from './show-if';
import { TypeSettings } from './type-settings';
import { types } from './types';

export interface SettingsProps {
  question: Question;
  faults: Faults;
  change: (question: Question) => void;
}

/** Everything that can be set of one question. */
export function QuestionSettings({
  question,
  number,
  earlier,
  faults,
  change,
}: SettingsProps & { number: number; earlier: Question[] }) {
  return (
    <section className="panel" aria-label={`Settings of question ${number}`}>
      <Stack gap="sm">
        <Title order={2}>
          Question {number}: {types[question.type].name.toLowerCase()}
        </Title>
        <Text c="dimmed">{types[question.type].use}</Text>
        {faults[''] && <Notice tone="stopped" title={faults['']} live />}
        <TextInput
          label="What is asked"
          required
          maxLength={500}
          value={question.title}
          error={faults.title}
          onChange={(event) => change({ ...question, title: event.currentTarget.value })}
        />
        <Textarea
          label="Help, shown below the question"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={4_000}
          value={question.help ?? ''}
          error={faults.help}
          onChange={(event) => change({ ...question, help: event.currentTarget.value })}
        />
        <TypeSettings question={question} faults={faults} change={change} />
        <Checkbox
          label="Must be answered"
          checked={question.required}
          onChange={(event) => change({ ...question, required: event.currentTarget.checked })}
        />
        <ShowIf question={question} earlier={earlier} faults={faults} change={change} />
        <TextInput
          label="Key"
          description="Names the answer in deliveries and import files. A new key is a new question to them."
          classNames={{ input: 'mono' }}
          maxLength={64}
          value={question.key}
          error={faults.key}
          onChange={(event) => change({ ...question, key: event.currentTarget.value })}
        />
      </Stack>
    </section>
  );
}
