import { Button, Group, NativeSelect, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { FormQuestion, PreviewTask } from '../../api/pending-studio';
import type { Answers, Question } from '../../api/types';
import { hasStatus } from '../../api/problem';
import { Notice, ProblemNotice } from '../../ui/notice';
import { QuestionPane } from '../../workroom/question-pane';
import { useItems } from '../data/items/queries';
import { ItemImage, ItemParts } from '../item-parts';
import styles from './form.module.css';
import { usePreview, type PreviewRole } from './queries';
import { clean } from './types';

/** The task as an expert would get it: the questions as they stand in the editor, upon a real item. */
export function LiveTask({
  lab,
  project,
  questions,
  ready,
}: {
  lab: string;
  project: string;
  questions: FormQuestion[];
  /** Whether the questions can be sent as they are. */
  ready: boolean;
}) {
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <div className={styles.live}>
      <section className="panel" aria-labelledby="live-task">
        <Title order={2} id="live-task" mb="xs">
          What an expert sees
        </Title>
        <LiveItem lab={lab} project={project} questions={questions} ready={ready} />
      </section>
      {/* The questions alone need no item, and follow every key. */}
      <QuestionPane
        questions={questions as Question[]}
        answers={answers}
        change={(key, answer) => setAnswers({ ...answers, [key]: answer })}
      />
      {Object.keys(answers).length > 0 && (
        <Group>
          <Button variant="default" onClick={() => setAnswers({})}>
            Clear the answers
          </Button>
          <Text c="dimmed">They are tried out here and go nowhere.</Text>
        </Group>
      )}
    </div>
  );
}

function LiveItem({
  lab,
  project,
  questions,
  ready,
}: {
  lab: string;
  project: string;
  questions: FormQuestion[];
  ready: boolean;
}) {
  const items = useItems(lab, project, {});
  const preview = usePreview(lab, project);
  const [item, setItem] = useState('');
  const [role, setRole] = useState<PreviewRole>('expert');
  const rows = items.data?.pages[0]?.rows ?? [];
  const none = items.data && rows.length === 0;
  if (none || hasStatus(preview.error, 404))
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
          onClick={() => preview.mutate({ ...(item ? { item } : {}), questions: questions.map(clean), role })}
        >
          Show the item
        </Button>
      </Group>
      <Text c="dimmed" mt={4}>
        {ready
          ? 'Showing an item opens it to you: the ledger says so.'
          : 'An item can be shown when the form has no faults.'}
      </Text>
      <ProblemNotice error={items.error ?? preview.error} />
      {preview.data && <Opened lab={lab} project={project} task={preview.data} />}
    </>
  );
}

function Opened({ lab, project, task }: { lab: string; project: string; task: PreviewTask }) {
  const suggested = Object.keys(task.prelabels ?? {}).length;
  return (
    <div>
      <Text c="dimmed" role="status" my="xs">
        Opened with receipt {task.receipt}.
        {suggested > 0 ? ` It comes with suggestions for ${suggested} of the questions.` : ''}
      </Text>
      <ItemParts item={task} />
      {task.image && <ItemImage lab={lab} project={project} item={task.item} />}
    </div>
  );
}
