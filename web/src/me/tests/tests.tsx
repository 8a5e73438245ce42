import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAt, useOpened } from '../../vendor/asking';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import { Result } from './result';
import type { OwnTest, SittingView } from './types';

/** Tests, whether they are paid, and what became of one's tries. */
export default function Tests() {
  const tests = useAt<OwnTest[]>('/api/me/qualifications');
  return (
    <Page title="Tests">
      <Stack gap="sm">
        <ProblemNotice error={tests.error} retry={() => void tests.refetch()} />
        {tests.isPending && <Loading what="Looking which tests there are" />}
        {tests.data?.length === 0 && (
          <EmptyState title="No test">
            A test that you pass counts for every engagement while it is good.
          </EmptyState>
        )}
        {(tests.data ?? []).map((own) => (
          <One key={own.test.code} own={own} />
        ))}
      </Stack>
    </Page>
  );
}

function One({ own: { test, last, mayTakeFrom } }: { own: OwnTest }) {
  const [asked, setAsked] = useState(false);
  const result = useOpened<SittingView>(asked && last ? `/api/me/sittings/${last.id}` : null);
  return (
    <article className="panel" aria-label={test.title}>
      <Group justify="space-between">
        <Title order={2}>{test.title}</Title>
        {last?.state === 'scored' &&
          (last.passed ? (
            <State tone="good">Passed with {last.score} %</State>
          ) : (
            <State>Not passed: {last.score} %</State>
          ))}
        {last?.state === 'toBeScored' && <State tone="attention">A person is still to score it</State>}
        {last?.state === 'underWay' && <State tone="attention">Under way: its time runs</State>}
        {last?.state === 'ranOut' && <State>The time was up</State>}
      </Group>
      <Text>
        Verifies {test.skill} at {test.level}. {test.minutes} minutes,{' '}
        {test.paid ? 'paid whether you pass or not' : 'short enough to be unpaid'}. The bar is{' '}
        {test.passPercent} %; passing is good for {test.goodForDays} days, everywhere here. You always see the
        result and what was said of each criterion.
      </Text>
      <Group mt="xs">
        {mayTakeFrom === null && last?.state !== 'toBeScored' && (
          <Button component={Link} to={`/me/tests/${test.code}`}>
            {last?.state === 'underWay' ? 'Go on' : 'Take it'}
            <span className="visually-hidden">: {test.title}</span>
          </Button>
        )}
        {mayTakeFrom !== null && (
          <Text c="dimmed">
            {last?.passed ? 'Good until' : 'Again from'} <Time value={mayTakeFrom} />
          </Text>
        )}
        {last && last.state === 'scored' && !asked && (
          <Button variant="default" onClick={() => setAsked(true)}>
            See the result
          </Button>
        )}
      </Group>
      <ProblemNotice error={result.error} />
      {result.data && <Result view={result.data} />}
    </article>
  );
}
