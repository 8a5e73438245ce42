import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { isPassing, type ApiProblem } from '../api/problem';
import { counted } from '../ui/format';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { backoff } from './backoff';
import { ToProjects } from './briefing';

export function Elsewhere({ takeOver, lab }: { takeOver: () => void; lab: string }) {
  return (
    <Page title="Your task is open in another tab" narrow>
      <Text>Go on there, or bring it here. What you typed there is saved and comes along.</Text>
      <Group mt="md">
        <Button onClick={takeOver}>Work here instead</Button>
        <ToProjects lab={lab} />
      </Group>
    </Page>
  );
}

/** No task could be opened. It is tried again by itself: after a while where the fault may pass, and when the line is back. */
export function Failed({ error, again, sending }: { error: unknown; again: () => void; sending: number }) {
  const retry = useRef(again);
  useEffect(() => {
    retry.current = again;
  });
  useEffect(() => {
    const back = () => retry.current();
    addEventListener('online', back);
    // So far apart that a page full of people does not keep a server down that has just come back.
    const timer = isPassing(error) ? setTimeout(back, backoff(4)) : undefined;
    return () => {
      removeEventListener('online', back);
      clearTimeout(timer);
    };
  }, [error]);
  return (
    <Page title="The task could not be opened" narrow>
      <ProblemNotice
        error={error}
        retry={again}
        safe={
          sending > 0
            ? `${counted(sending, 'answer')} waiting to be sent: kept encrypted in this browser, sent when the line is back.`
            : undefined
        }
      />
    </Page>
  );
}

interface Rest {
  lab: string;
  project: string;
  done: number;
  again: () => void;
  sending: number;
}

export function NothingNow(rest: Rest) {
  return (
    <Page title="No task for you right now" narrow>
      <Text>Every open task is taken, or you have already had its item.</Text>
      <AtRest {...rest} />
    </Page>
  );
}

const titles: Record<string, string> = {
  'daily-cap': 'You have reached the day’s limit',
  'not-qualified': 'No task here asks for what you have shown so far',
  paused: 'The lab has paused this work',
};

/** There is work, and a reason why this person gets none of it now, in the server's words. */
export function Stopped({ problem, ...rest }: Rest & { problem: ApiProblem }) {
  return (
    <Page title={titles[problem.code] ?? 'No task for you right now'} narrow>
      <Text>{problem.message} What you submitted is kept and counts as before.</Text>
      <AtRest {...rest} />
    </Page>
  );
}

function AtRest({ lab, project, done, again, sending }: Rest) {
  return (
    <>
      <Text mt="xs">
        You finished {done} today in this project.
        {sending > 0 && ' Your last answer is still being sent: keep this page open.'}
      </Text>
      <Group mt="md">
        <Button onClick={again}>Look again</Button>
        <Button variant="default" component={Link} to={`/labs/${lab}/work/${project}/day`}>
          Your day
        </Button>
        <ToProjects lab={lab} />
      </Group>
    </>
  );
}

export function Paused({ resume }: { resume: () => void }) {
  return (
    <Page title="Paused" narrow>
      <Text>
        Time is not counted and the task is out of sight. Your draft is saved; your lease runs on a while.
      </Text>
      <Button mt="md" onClick={resume} autoFocus>
        Resume
      </Button>
    </Page>
  );
}
