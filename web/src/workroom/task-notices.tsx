import { Button, Group, Text } from '@mantine/core';
import type { ItemContent, Question, Submitted, Task } from '../api/types';
import { counted } from '../ui/format';
import { Notice } from '../ui/notice';
import { Visible } from './invisible';
import { kinds } from './questions/kinds';
import { RestsOn } from './rests-on';
import type { Theirs } from './use-answers';

/** Why a task came back, in the reviewer's words, and what one can do about it. */
export function Returned({
  lab,
  project,
  task,
  appealed,
  appeal,
}: {
  lab: string;
  project: string;
  task: Pick<Task, 'reason' | 'rounds' | 'evidence' | 'sections' | 'formVersion'>;
  appealed: boolean;
  appeal: () => void;
}) {
  const again = (task.rounds ?? 0) > 1 ? `, ${task.rounds} times by now` : '';
  return (
    <Notice tone="attention" title={`Returned by the reviewer${again}`}>
      <div className="plain" dir="auto">
        {task.reason ? <Visible text={task.reason} /> : 'No words were given.'}
      </div>
      <RestsOn lab={lab} project={project} opened={task} />
      <Group gap="xs" mt="xs">
        {appealed ? (
          <Text role="status">Your appeal is with somebody who has not judged this answer.</Text>
        ) : (
          <>
            <Button variant="default" onClick={appeal}>
              Appeal
            </Button>
            <Text>Change your answer and submit it again; or appeal, if you think that it was right.</Text>
          </>
        )}
      </Group>
    </Notice>
  );
}

/** Two versions of one draft: the person says which. */
export function Conflict({
  theirs,
  questions,
  item,
  settle,
}: {
  theirs: Theirs;
  questions: readonly Question[];
  item: ItemContent;
  settle: (mine: boolean) => void;
}) {
  const said = questions.flatMap((question) => {
    const answer = theirs.answers[question.key];
    const kind = kinds[question.type];
    return answer && kind.given(answer, question)
      ? [{ key: question.key, words: kind.words(answer, question, item) }]
      : [];
  });
  return (
    <Notice tone="attention" title="This draft was changed in another tab or on another device" live>
      <Text component="p" my={4}>
        Saving waits for your word. {said.length > 0 ? 'There it says:' : 'There it has no answers.'}
      </Text>
      {said.map(({ key, words }) => (
        <blockquote key={key} className="plain" dir="auto">
          <Visible text={words} />
        </blockquote>
      ))}
      <Group gap="xs" mt="xs">
        <Button onClick={() => settle(true)}>Keep what is on this page</Button>
        <Button variant="default" onClick={() => settle(false)}>
          Take the other
        </Button>
      </Group>
    </Notice>
  );
}

/** What a training item had to say about an answer. */
export interface Feedback {
  slot: string;
  gold: NonNullable<Submitted['gold']>;
  questions: readonly Question[];
  item: ItemContent;
}

/** The last training result. It stands beside the guidelines, where nothing that is being answered moves. */
export function TrainingFeedback({ feedback, dismiss }: { feedback: Feedback; dismiss: () => void }) {
  const { gold, questions, item } = feedback;
  const expected = questions.filter(({ key }) => gold.expected[key]);
  return (
    <Notice
      tone={gold.correct ? 'good' : 'attention'}
      title={`Training: your last answer ${gold.correct ? 'was as expected' : 'was not as expected'}`}
      live
    >
      {expected.map((question) => (
        <p key={question.key} dir="auto">
          <Visible text={question.title} /> <b>Expected:</b>{' '}
          <Visible text={kinds[question.type].words(gold.expected[question.key]!, question, item)} />
        </p>
      ))}
      {gold.explanation && (
        <div className="plain" dir="auto">
          <Visible text={gold.explanation} />
        </div>
      )}
      <Button variant="default" mt="xs" onClick={dismiss}>
        Close
      </Button>
    </Notice>
  );
}

/** Says how many suggestions become the person's answers with the next submit. */
export const suggestionWords = (count: number) =>
  count === 0 ? '' : `${counted(count, 'suggestion')} will count as your answer`;
