import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AskedQuestion } from '../../api/types';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Body } from '../../workroom/guidelines-pane';
import { useGuidelineDraft } from '../guidelines/queries';
import { useAnswerQuestion, useQuestions } from './queries';

const stateOf = (q: AskedQuestion) =>
  q.published ? 'in the guidelines’ draft' : q.answeredAt ? 'answered' : 'waiting for an answer';

/** What experts asked while they worked; an answer goes to whoever asked, and into the guidelines where it helps all. */
export default function Questions({ lab, project }: { lab: string; project: string }) {
  const questions = useQuestions(lab, project);
  const [shown, setShown] = useState<string | null>(null);
  const rows = questions.data?.pages.flat() ?? [];
  const open = rows.find((question) => question.id === shown);
  return (
    <Stack gap="md">
      <ProblemNotice error={questions.error} retry={() => void questions.refetch()} />
      {questions.isPending && <Loading what="Opening the questions" />}
      {questions.data && rows.length === 0 && (
        <EmptyState title="No questions">
          When an expert asks something from inside a task, it is answered here.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Questions"
            rows={rows}
            columns={columns}
            id={(question) => question.id}
            filterable
            open={(question) => setShown(question.id)}
          />
        </div>
      )}
      {questions.hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={questions.isFetchingNextPage}
            onClick={() => void questions.fetchNextPage()}
          >
            Show earlier ones
          </Button>
        </Group>
      )}
      {open && <AnswerDialog lab={lab} project={project} question={open} close={() => setShown(null)} />}
    </Stack>
  );
}

const columns: Column<AskedQuestion>[] = [
  {
    title: 'Question',
    value: (q) => q.text,
    show: (q) => (
      <span className="plain" dir="auto">
        {q.text}
      </span>
    ),
  },
  {
    title: 'State',
    value: stateOf,
    filter: true,
    show: (q) => <State tone={q.answeredAt ? 'good' : 'attention'}>{stateOf(q)}</State>,
  },
  { title: 'Asked', value: (q) => q.askedAt, show: (q) => <Time value={q.askedAt} /> },
  { title: 'By', value: (q) => q.by, show: (q) => <Id value={q.by} label="pseudonym" /> },
  { title: 'Task', value: (q) => q.slot ?? '', show: (q) => q.slot && <Id value={q.slot} label="task" /> },
];

function AnswerDialog({
  lab,
  project,
  question,
  close,
}: {
  lab: string;
  project: string;
  question: AskedQuestion;
  close: () => void;
}) {
  const answer = useAnswerQuestion(lab, project);
  const [text, setText] = useState('');
  const [publish, setPublish] = useState(false);
  const [section, setSection] = useState('');
  return (
    <Dialog title="A question from a task" close={close} size="lg">
      <Stack gap="md">
        <section aria-label="The question" className="plain" dir="auto">
          {question.text}
        </section>
        {question.answeredAt ? (
          <>
            <Body text={question.answer ?? ''} />
            <Text c="dimmed">
              {question.published
                ? 'Question and answer stand in the guidelines’ draft; change them there. They reach everybody with the next published version.'
                : 'Whoever asked has this answer.'}
            </Text>
          </>
        ) : (
          <>
            <Textarea
              label="Answer (Markdown)"
              autosize
              minRows={4}
              maxRows={16}
              maxLength={10_000}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Checkbox
              label="Put question and answer into the guidelines’ draft"
              description="Whoever reads them there does not learn who asked. Leave out what only this item says."
              checked={publish}
              onChange={(event) => setPublish(event.currentTarget.checked)}
            />
            {publish && <SectionChoice lab={lab} project={project} section={section} change={setSection} />}
            <ProblemNotice error={answer.error} safe="What you wrote is still here." />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button
                disabled={!text.trim()}
                loading={answer.isPending}
                onClick={() =>
                  answer.mutate(
                    { id: question.id, text, publish, ...(publish && section ? { section } : {}) },
                    { onSuccess: close },
                  )
                }
              >
                {publish ? 'Answer and put into the draft' : 'Answer'}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function SectionChoice({
  lab,
  project,
  section,
  change,
}: {
  lab: string;
  project: string;
  section: string;
  change: (section: string) => void;
}) {
  const draft = useGuidelineDraft(lab, project);
  return (
    <NativeSelect
      label="Into the section"
      value={section}
      onChange={(event) => change(event.currentTarget.value)}
      data={[
        { value: '', label: 'for questions, made if there is none' },
        ...(draft.data?.sections ?? [])
          .filter((one) => one.key !== 'questions')
          .map((one) => ({ value: one.key, label: one.title })),
      ]}
    />
  );
}
