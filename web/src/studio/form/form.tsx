import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { hasStatus } from '../../api/problem';
import type { Answers, Question } from '../../api/types';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Unsaved } from '../../ui/unsaved';
import { QuestionPane } from '../../workroom/question-pane';
import styles from '../studio.module.css';
import { useLatestForm, useSaveForm } from './queries';

const standard: { pairwise: Question; rationale: Question } = {
  pairwise: {
    key: 'preference',
    type: 'pairwise',
    title: 'Which response is better?',
    points: 5,
    tie: true,
    required: true,
  },
  rationale: { key: 'rationale', type: 'text', title: 'Why?', required: false, maxLength: 4_000 },
};

const scales = [
  ['3+', '3 points: A, equal, B'],
  ['5+', '5 points: much better to much better, with equal'],
  ['7+', '7 points: three degrees, with equal'],
  ['2', '2 points: A or B'],
  ['4', '4 points: two degrees, no tie'],
  ['6', '6 points: three degrees, no tie'],
] as const;

/** The questions of a task: a preference between two responses, and why. */
export default function FormTab({ lab, project }: { lab: string; project: string }) {
  const form = useLatestForm(lab, project);
  if (form.error) return <ProblemNotice error={form.error} retry={() => void form.refetch()} />;
  if (!form.data) return <Loading what="Opening the form" />;
  return (
    <Editor
      key={form.data.etag}
      lab={lab}
      project={project}
      saved={form.data}
      reload={() => void form.refetch()}
    />
  );
}

function Editor({
  lab,
  project,
  saved,
  reload,
}: {
  lab: string;
  project: string;
  saved: { version: number; questions: Question[]; etag: string };
  reload: () => void;
}) {
  const save = useSaveForm(lab, project);
  const [pairwise, setPairwise] = useState(
    saved.questions.find((q) => q.type === 'pairwise') ?? standard.pairwise,
  );
  const before = saved.questions.find((q) => q.type === 'text');
  const [rationale, setRationale] = useState(before ?? standard.rationale);
  const [asks, setAsks] = useState(saved.version === 0 || before !== undefined);
  const [answers, setAnswers] = useState<Answers>({});
  const questions: Question[] = asks ? [pairwise, rationale] : [pairwise];
  const written = JSON.stringify(questions);
  const [atFirst] = useState(written);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ questions, etag: saved.etag });
  };
  return (
    <div className={styles.beside}>
      {written !== atFirst && <Unsaved />}
      <form onSubmit={submit} className="panel">
        <Stack gap="sm">
          <Title order={2}>Questions</Title>
          <TextInput
            label="Preference: what is asked"
            required
            maxLength={500}
            value={pairwise.title}
            onChange={(event) => setPairwise({ ...pairwise, title: event.currentTarget.value })}
          />
          <NativeSelect
            label="Scale"
            value={`${pairwise.points}${pairwise.tie ? '+' : ''}`}
            onChange={(event) => {
              const [points, tie] = [
                parseInt(event.currentTarget.value),
                event.currentTarget.value.endsWith('+'),
              ];
              setPairwise({ ...pairwise, points, tie });
              setAnswers({});
            }}
            data={scales.map(([value, label]) => ({ value, label }))}
          />
          <Checkbox
            label="Ask for a rationale"
            checked={asks}
            onChange={(event) => setAsks(event.currentTarget.checked)}
          />
          {asks && (
            <>
              <TextInput
                label="Rationale: what is asked"
                required
                maxLength={500}
                value={rationale.title}
                onChange={(event) => setRationale({ ...rationale, title: event.currentTarget.value })}
              />
              <Group align="flex-end">
                <Checkbox
                  label="Must be answered"
                  checked={rationale.required}
                  onChange={(event) => setRationale({ ...rationale, required: event.currentTarget.checked })}
                />
                <NumberInput
                  label="Most characters"
                  min={1}
                  max={100_000}
                  allowDecimal={false}
                  value={rationale.maxLength ?? 4_000}
                  onChange={(value) => setRationale({ ...rationale, maxLength: Number(value) || 1 })}
                />
              </Group>
            </>
          )}
          <Text c="dimmed">
            Which response stands left is drawn by lot for each task and recorded; the page never learns which
            is which.
          </Text>
          {hasStatus(save.error, 412) ? (
            <Notice tone="attention" title="Somebody else has saved a form meanwhile" live>
              <Button variant="default" mt="xs" onClick={reload}>
                Load theirs
              </Button>
            </Notice>
          ) : (
            <ProblemNotice error={save.error} />
          )}
          <Group>
            <Button type="submit" loading={save.isPending}>
              Save as version {saved.version + 1}
            </Button>
            <Text c="dimmed" role="status">
              {saved.version === 0
                ? 'There is no form yet.'
                : `Version ${saved.version} is in force for new batches.`}
            </Text>
          </Group>
        </Stack>
      </form>
      <div className={styles.preview}>
        <Title order={2} mb="xs">
          What an expert sees
        </Title>
        <QuestionPane
          questions={questions}
          answers={answers}
          change={(key, answer) => setAnswers({ ...answers, [key]: answer })}
        />
      </div>
    </div>
  );
}
