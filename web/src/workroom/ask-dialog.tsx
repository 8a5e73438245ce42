import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { AskedQuestion } from '../api/types';
import { Dialog } from '../ui/dialog';
import { Loading } from '../ui/loading';
import { ProblemNotice, State } from '../ui/notice';
import { Time } from '../ui/time';
import { Visible } from './invisible';
import { useAskedQuestions } from './queries';
import styles from './workroom.module.css';

/** A question to the lab from inside a task, and what was asked and answered before. */
export function AskDialog({
  lab,
  project,
  words,
  setWords,
  send,
  close,
}: {
  lab: string;
  project: string;
  /** Held by whoever opens the dialog, so that closing it by accident loses nothing. */
  words: string;
  setWords: (words: string) => void;
  send: (words: string) => Promise<void>;
  close: () => void;
}) {
  const earlier = useAskedQuestions(lab, project);
  const sending = useMutation({
    mutationFn: () => send(words.trim()),
    onSuccess: () => {
      setWords('');
      void earlier.refetch();
    },
  });
  return (
    <Dialog title="Ask the lab a question" size="lg" close={close}>
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (words.trim() && !sending.isPending) sending.mutate();
          }}
        >
          <Stack gap="sm">
            <Textarea
              label="Your question"
              description="The lab reads it together with this task, under your pseudonym. You can go on working."
              data-autofocus
              autosize
              minRows={2}
              maxRows={8}
              maxLength={4000}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <ProblemNotice error={sending.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Close
              </Button>
              <Button type="submit" loading={sending.isPending} disabled={!words.trim()}>
                Ask
              </Button>
            </Group>
            <Text role="status" c="dimmed" m={0}>
              {sending.isSuccess && 'Your question is with the lab. Its answer will be listed here.'}
            </Text>
          </Stack>
        </form>
        <Title order={3}>Asked before</Title>
        <ProblemNotice error={earlier.error} retry={() => void earlier.refetch()} />
        {earlier.isPending && <Loading what="Opening your questions" />}
        {earlier.data?.length === 0 && <Text c="dimmed">You have asked nothing yet.</Text>}
        <ul className={styles.asked}>
          {earlier.data?.map((question) => (
            <Asked key={question.id} question={question} />
          ))}
        </ul>
      </Stack>
    </Dialog>
  );
}

function Asked({ question: { text, answer, askedAt, answeredAt, published } }: { question: AskedQuestion }) {
  return (
    <li>
      <Group gap="xs">
        <Text c="dimmed">
          <Time value={askedAt} />
        </Text>
        {answer ? <State tone="good">answered</State> : <State>waits for an answer</State>}
        {published && <State>goes into the guidelines</State>}
      </Group>
      <div className="plain" dir="auto">
        <Visible text={text} />
      </div>
      {answer && (
        <blockquote className={styles.reply}>
          <div className="plain" dir="auto">
            <Visible text={answer} />
          </div>
          {answeredAt && (
            <Text c="dimmed">
              The lab, <Time value={answeredAt} />
            </Text>
          )}
        </blockquote>
      )}
    </li>
  );
}
