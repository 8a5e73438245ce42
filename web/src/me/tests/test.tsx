import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, useAct } from '../../vendor/asking';
import { duration } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { useNow } from '../../ui/time';
import { Unsaved } from '../../ui/unsaved';
import { Result } from './result';
import type { Answer, SittingView, Started } from './types';

/** A test while it is taken. Its time runs from the moment it is begun. */
export default function Test() {
  const { code = '' } = useParams();
  const start = useAct(() => post<Started>(`/api/me/qualifications/${code}/sittings`));
  return (
    <Page title="Test" narrow>
      {start.data ? (
        <Paper started={start.data} />
      ) : (
        <Stack gap="sm">
          <Text>
            The time runs from when you begin and goes on if you close the page; opened again, the test goes
            on where its time stands. Nothing watches your screen, and you may look things up.
          </Text>
          <ProblemNotice error={start.error} />
          <Group>
            <Button loading={start.isPending} onClick={() => start.mutate(undefined)}>
              Begin
            </Button>
            <Button component={Link} to="/me/tests" variant="default">
              Not now
            </Button>
          </Group>
        </Stack>
      )}
    </Page>
  );
}

function Paper({ started }: { started: Started }) {
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const now = useNow(1_000);
  const left = Math.max(0, Math.floor((Date.parse(started.dueAt) - now) / 1000));
  const hand = useAct(() =>
    post<SittingView>(`/api/me/sittings/${started.id}/answers`, { answers: Object.values(answers) }),
  );
  if (hand.data)
    return (
      <Stack gap="sm">
        <Notice tone={hand.data.sitting.passed ? 'good' : 'neutral'} title={outcome(hand.data)} live>
          <Link to="/me/tests">Back to the tests</Link>
        </Notice>
        <Result view={hand.data} />
      </Stack>
    );
  const answer = (question: string, given: Omit<Answer, 'question'>) =>
    setAnswers({ ...answers, [question]: { question, ...given } });
  return (
    <Stack gap="md">
      <Unsaved />
      <Text role="timer">
        {duration(left)} left{started.paid && '; this time is paid'}
      </Text>
      {started.questions.map((question, at) => (
        <div key={question.key} className="panel">
          {question.options ? (
            <Radio.Group
              label={`${at + 1}. ${question.text} (${question.points} points)`}
              value={answers[question.key]?.option?.toString() ?? ''}
              onChange={(value) => answer(question.key, { option: Number(value) })}
            >
              <Stack gap={4} mt={4}>
                {question.options.map((option, of) => (
                  <Radio key={option} value={String(of)} label={option} />
                ))}
              </Stack>
            </Radio.Group>
          ) : (
            <Textarea
              label={`${at + 1}. ${question.text} (${question.points} points)`}
              autosize
              minRows={3}
              maxLength={8000}
              value={answers[question.key]?.text ?? ''}
              onChange={(event) => answer(question.key, { text: event.currentTarget.value })}
            />
          )}
        </div>
      ))}
      <ProblemNotice error={hand.error} safe="What you answered is still on this page." />
      <Group>
        <Button loading={hand.isPending} onClick={() => hand.mutate(undefined)}>
          Hand it in
        </Button>
        <Text c="dimmed">
          {Object.keys(answers).length} of {started.questions.length} answered
        </Text>
      </Group>
    </Stack>
  );
}

const outcome = ({ sitting }: SittingView) =>
  sitting.state === 'toBeScored'
    ? 'Handed in: a person scores it'
    : sitting.passed
      ? `Passed with ${sitting.score} %`
      : `Not passed: ${sitting.score} %`;
