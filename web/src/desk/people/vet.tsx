import { Checkbox, NativeSelect, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, useAct, useAt } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import { ProblemNotice } from '../../ui/notice';
import type { InterviewOutcome, SkillLevel } from '../types';

export const skillLevels: SkillLevel[] = ['basic', 'working', 'expert'];

/** A skill that somebody of staff has seen shown. */
export function Verify({ person, close }: { person: string; close: () => void }) {
  const [code, setCode] = useState('');
  const [level, setLevel] = useState<SkillLevel>('working');
  const [days, setDays] = useState(730);
  const act = useAct(() => post(`/api/desk/experts/${person}/skills`, { code: code.trim(), level, days }));
  return (
    <Form title="Verify a skill" act={act} submit={() => act.mutate(undefined, { onSuccess: close })} close={close}>
      <Text c="dimmed">Only what you have seen shown. The mark stands with your name and ends by itself.</Text>
      <TextInput label="Skill" required withAsterisk={false} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      <NativeSelect
        label="Level"
        value={level}
        onChange={(event) => setLevel(event.currentTarget.value as SkillLevel)}
        data={skillLevels}
      />
      <NumberInput label="Good for, in days" min={1} max={3653} value={days} onChange={(value) => setDays(Number(value))} />
    </Form>
  );
}

/** The outcome of an outside check; there is no place for the document. */
export function Note({ person, close }: { person: string; close: () => void }) {
  const [check, setCheck] = useState({ kind: 'identity', provider: '', outcome: '', expiresAt: '' });
  const [passed, setPassed] = useState(true);
  const act = useAct(() =>
    post(`/api/desk/experts/${person}/checks`, {
      ...check,
      passed,
      expiresAt: new Date(`${check.expiresAt}T00:00:00Z`).toISOString(),
    }),
  );
  const field = (name: keyof typeof check, label: string, type = 'text') => (
    <TextInput
      label={label}
      type={type}
      required
      withAsterisk={false}
      value={check[name]}
      onChange={(event) => setCheck({ ...check, [name]: event.currentTarget.value })}
    />
  );
  return (
    <Form title="Note an outside check" act={act} submit={() => act.mutate(undefined, { onSuccess: close })} close={close}>
      <Text c="dimmed">Outcome, provider and expiry alone. The document stays with whoever checked it.</Text>
      {field('kind', 'What was checked (a code, such as identity)')}
      {field('provider', 'Who checked')}
      {field('outcome', 'Outcome, in the provider’s words')}
      {field('expiresAt', 'Holds until', 'date')}
      <Checkbox label="Passed" checked={passed} onChange={(event) => setPassed(event.currentTarget.checked)} />
    </Form>
  );
}

interface Template {
  id: string;
  name: string;
  questions: string[];
}

/** The transcript of a structured interview: words, never pictures or sound. */
export function Hold({ person, close }: { person: string; close: () => void }) {
  const templates = useAt<Template[]>('/api/desk/interview-templates');
  const [chosen, setChosen] = useState('');
  const [said, setSaid] = useState<Record<string, string>>({});
  const [outcome, setOutcome] = useState<InterviewOutcome>('passed');
  const [why, setWhy] = useState('');
  const template = templates.data?.find(({ id }) => id === chosen) ?? templates.data?.[0];
  const act = useAct((of: Template) =>
    post(`/api/desk/experts/${person}/interviews`, {
      template: of.id,
      answers: of.questions.map((question) => ({ said: said[question] ?? '' })),
      outcome,
      why,
    }),
  );
  return (
    <Form
      title="Write down an interview"
      act={act}
      submit={() => template && act.mutate(template, { onSuccess: close })}
      close={close}
    >
      <ProblemNotice error={templates.error} />
      {templates.data?.length === 0 && (
        <Text>
          There are no questions yet: <Link to="/desk/vetting/interviews">make a template</Link>, so that everybody is
          asked the same.
        </Text>
      )}
      {template && (
        <>
          <NativeSelect
            label="Questions"
            value={template.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={templates.data!.map(({ id, name }) => ({ value: id, label: name }))}
          />
          {template.questions.map((question) => (
            <Textarea
              key={question}
              label={question}
              autosize
              minRows={2}
              maxLength={8000}
              value={said[question] ?? ''}
              onChange={(event) => setSaid({ ...said, [question]: event.currentTarget.value })}
            />
          ))}
          <NativeSelect
            label="Outcome"
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value as InterviewOutcome)}
            data={[
              { value: 'passed', label: 'Passed' },
              { value: 'notPassed', label: 'Not passed' },
              { value: 'toBeRepeated', label: 'To be repeated' },
            ]}
          />
          <Textarea
            label="Why"
            description="The person reads it."
            required
            withAsterisk={false}
            autosize
            minRows={2}
            maxLength={4000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        </>
      )}
    </Form>
  );
}
