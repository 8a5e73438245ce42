import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Answers, PreviewTask, Question } from '../../api/types';
import { hasCode } from '../../api/problem';
import { Notice, ProblemNotice } from '../../ui/notice';
import { asked, faults, standing } from '../../workroom/answers';
import { ItemPane } from '../../workroom/item-pane';
import { usePreferences } from '../../workroom/preferences';
import { QuestionPane } from '../../workroom/question-pane';
import { Marking, MarkingContext } from '../../workroom/spans/marking';
import { useItems } from '../data/items/queries';
import { imageOf } from '../item-parts';
import styles from './form.module.css';
import { usePreview, type PreviewRole } from './queries';
import { clean } from './types';

/** The task as an expert would get it, made of the workroom's own parts: the questions as they stand in the editor,
 * upon a real item where one was asked for. */
export function LiveTask({
  lab,
  project,
  questions,
  ready,
}: {
  lab: string;
  project: string;
  questions: Question[];
  /** Whether the questions can be sent as they are. */
  ready: boolean;
}) {
  const preview = usePreview(lab, project);
  const [answers, setAnswers] = useState<Answers>({});
  const [tried, setTried] = useState(false);
  const marking = useMemo(() => new Marking(), []);
  const task = preview.data;
  const whole = questions.map(drawable);
  const all = standing(answers, task?.prelabels);
  const change = (key: string, answer: Answers[string]) => setAnswers((now) => ({ ...now, [key]: answer }));
  return (
    <MarkingContext value={marking}>
      <div className={styles.live}>
        <section className="panel" aria-labelledby="live-task">
          <Stack gap="xs">
            <Title order={2} id="live-task">
              What an expert sees
            </Title>
            <ItemChoice
              lab={lab}
              project={project}
              ready={ready}
              preview={preview}
              show={(item, role) => {
                setAnswers({});
                setTried(false);
                preview.mutate({ ...(item ? { item } : {}), questions: questions.map(clean), role });
              }}
            />
          </Stack>
        </section>
        {task && (
          <LiveItem
            picture={imageOf(lab, project, task.item)}
            task={task}
            questions={asked(whole, all)}
            answers={answers}
            change={change}
          />
        )}
        <QuestionPane
          questions={whole}
          answers={answers}
          item={task}
          change={change}
          faults={tried ? faults(whole, all) : {}}
        />
        <Group>
          <Button variant="default" onClick={() => setTried(true)}>
            Try to submit
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setAnswers({});
              setTried(false);
            }}
          >
            Clear the answers
          </Button>
          <Text c="dimmed" role="status">
            {tried && Object.keys(faults(whole, all)).length === 0
              ? 'It could be submitted. Nothing goes anywhere from here.'
              : 'Answers are tried out here and go nowhere.'}
          </Text>
        </Group>
      </div>
    </MarkingContext>
  );
}

/** A question that is being typed, as far as it can be drawn: an option without a value cannot be told from another. */
function drawable(question: Question): Question {
  const options = question.options?.filter((option) => option.value !== '');
  const labels = question.labels?.filter((label) => label.value !== '');
  return { ...question, title: question.title || 'Untitled', options, labels };
}

function LiveItem({
  task,
  picture,
  questions,
  answers,
  change,
}: {
  task: PreviewTask;
  picture: string;
  questions: Question[];
  answers: Answers;
  change: (key: string, answer: Answers[string]) => void;
}) {
  const preferences = usePreferences();
  const [differences, setDifferences] = useState(false);
  return (
    <ItemPane
      item={task}
      label="Item"
      preferences={preferences}
      differences={differences}
      setDifferences={setDifferences}
      marking={{ questions, answers, change }}
      picture={picture}
    />
  );
}

function ItemChoice({
  lab,
  project,
  ready,
  preview,
  show,
}: {
  lab: string;
  project: string;
  ready: boolean;
  preview: ReturnType<typeof usePreview>;
  show: (item: string, role: PreviewRole) => void;
}) {
  const items = useItems(lab, project, {});
  const [item, setItem] = useState('');
  const [role, setRole] = useState<PreviewRole>('expert');
  const rows = items.data?.pages[0]?.rows ?? [];
  if ((items.data && rows.length === 0 && !items.hasNextPage) || hasCode(preview.error, 'no-items'))
    return (
      <Notice title="There are no items yet">
        <Text>The questions below stand without one. Import items, and one of them can be shown here.</Text>
      </Notice>
    );
  return (
    <>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Item"
          value={item}
          onChange={(event) => setItem(event.currentTarget.value)}
          data={[
            { value: '', label: 'the first one' },
            ...rows.map((row, index) => ({ value: row.id, label: `${index + 1}: …${row.id.slice(-8)}` })),
          ]}
        />
        <NativeSelect
          label="As"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as PreviewRole)}
          data={[
            { value: 'expert', label: 'an expert' },
            { value: 'reviewer', label: 'a reviewer' },
          ]}
        />
        <Button
          variant="default"
          disabled={!ready}
          loading={preview.isPending}
          onClick={() => show(item, role)}
        >
          Show the item
        </Button>
      </Group>
      <Text c="dimmed" role="status">
        {preview.data
          ? `Opened with receipt ${preview.data.receipt}.${suggestionWords(preview.data)}`
          : ready
            ? 'Showing an item opens it to you: the ledger says so.'
            : 'An item can be shown when the form has no faults.'}
      </Text>
      <ProblemNotice error={items.error ?? preview.error} />
    </>
  );
}

function suggestionWords(task: PreviewTask): string {
  const number = Object.keys(task.prelabels ?? {}).length;
  return number === 0 ? '' : ` It comes with suggestions for ${number} of the questions.`;
}
