import {
  Button,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
  NativeSelect,
  NumberInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { put, useAct, useAt } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import type { Test } from '../../me/tests/types';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { skillLevels } from '../people/vet';
import type { SkillLevel, Sitting } from '../types';
import { readQuestions } from './questions';
import { Score } from './score';

/** Tests, reused between engagements, and sittings that wait for a person to score them. */
export default function Tests() {
  const tests = useAt<Test[]>('/api/desk/qualifications');
  const waiting = useAt<Sitting[]>('/api/desk/sittings');
  const [making, setMaking] = useState(false);
  const [scoring, setScoring] = useState<string | null>(null);
  return (
    <Stack gap="lg">
      <section aria-labelledby="waiting">
        <Title order={2} id="waiting" mb="xs">
          To be scored
        </Title>
        <ProblemNotice error={waiting.error} />
        {waiting.data?.length === 0 && <Text c="dimmed">No sitting waits.</Text>}
        <ul className="bare">
          {(waiting.data ?? []).map((sitting) => (
            <li key={sitting.id} className="panel">
              <Group justify="space-between">
                <Text>
                  {sitting.qualification}, begun <Time value={sitting.startedAt} />
                </Text>
                <Button variant="default" onClick={() => setScoring(sitting.id)}>
                  Score it…
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="tests">
        <Group justify="space-between" mb="xs">
          <Title order={2} id="tests">
            Tests
          </Title>
          <Button onClick={() => setMaking(true)}>Make a test…</Button>
        </Group>
        <ProblemNotice error={tests.error} />
        {tests.data?.length === 0 && (
          <EmptyState title="No test yet">
            A test that is passed verifies a skill for every engagement while it is good.
          </EmptyState>
        )}
        <ul className="bare">
          {(tests.data ?? []).map((test) => (
            <li key={test.code} className="panel">
              <strong>{test.title}</strong> ({test.code}, version {test.version}): verifies {test.skill} at{' '}
              {test.level}; {test.minutes} minutes, {test.paid ? 'paid' : 'unpaid'}; bar {test.passPercent} %;
              good for {test.goodForDays} days
            </li>
          ))}
        </ul>
      </section>
      {making && <Make close={() => setMaking(false)} />}
      {scoring && <Score sitting={scoring} close={() => setScoring(null)} />}
    </Stack>
  );
}

function Make({ close }: { close: () => void }) {
  const [code, setCode] = useState('');
  const [title, setTitle] = useState('');
  const [skill, setSkill] = useState('');
  const [level, setLevel] = useState<SkillLevel>('working');
  const [minutes, setMinutes] = useState(30);
  const [passPercent, setPass] = useState(70);
  const [text, setText] = useState('');
  const questions = readQuestions(text);
  const act = useAct(() =>
    put(`/api/desk/qualifications/${code.trim()}`, {
      title,
      minutes,
      skill: skill.trim(),
      level,
      passPercent,
      questions,
    }),
  );
  return (
    <Form
      title="Make a test, or a new version of one"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Group align="flex-end">
        <TextInput
          label="Code"
          required
          withAsterisk={false}
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
        <TextInput
          label="Verifies the skill"
          required
          withAsterisk={false}
          value={skill}
          onChange={(event) => setSkill(event.currentTarget.value)}
        />
        <NativeSelect
          label="At"
          value={level}
          onChange={(event) => setLevel(event.currentTarget.value as SkillLevel)}
          data={skillLevels}
        />
        <NumberInput
          label="Minutes"
          min={1}
          max={480}
          w={100}
          value={minutes}
          onChange={(value) => setMinutes(Number(value))}
        />
        <NumberInput
          label="Bar in %"
          min={1}
          max={100}
          w={100}
          value={passPercent}
          onChange={(value) => setPass(Number(value))}
        />
      </Group>
      <Textarea
        label="Questions"
        description="An empty line between two. First line: the question. Lines with - are options, with * the right one; lines with + are criteria by which a person scores an answer in words; a line with = says why."
        placeholder={
          'Which clause limits liability?\n- 4\n* 7\n= Clause 7 caps it.\n\nExplain it in two sentences.\n+ names the cap\n+ names the exception'
        }
        required
        withAsterisk={false}
        autosize
        minRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text c="dimmed">
        {questions.length} questions.{' '}
        {minutes > 15 ? 'It is paid, because it takes longer than 15 minutes.' : ''} Results and criteria are
        always shown to whoever took it.
      </Text>
    </Form>
  );
}
