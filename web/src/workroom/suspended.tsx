import { Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ApiProblem } from '../api/problem';
import { reasonWord } from '../session/suspensions';
import { useLab } from '../session/membership';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';

/** Work has stopped: why, as far as that is told; what is kept; what else is there. */
export function SuspendedPage({ problem, place }: { problem: ApiProblem; place: 'work' | 'review' }) {
  const lab = useLab();
  const { reason } = problem.details;
  return (
    <Page title="Work is suspended" narrow>
      <Notice
        tone="stopped"
        title={reason ? `Reason: ${reasonWord(reason)}` : 'The lab has stopped this work'}
        live
      >
        <Text component="p" my="xs">
          Nothing more is shown until the lab lifts the suspension. This is no judgement of your work.
        </Text>
        <Text component="p" my="xs">
          <strong>Kept:</strong> everything you submitted, and the draft you were writing, sealed at the lab.
          What this browser had kept was erased.
        </Text>
        <Text component="p" m={0}>
          You need not do anything. Other projects, if you have any, are open as before:{' '}
          <Link to={`/labs/${lab}/${place}`}>see your projects</Link>.
        </Text>
      </Notice>
    </Page>
  );
}
