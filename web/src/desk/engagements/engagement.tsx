import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAt } from '../../vendor/asking';
import { isManager, useVendor } from '../../vendor/at-vendor';
import { stopWord } from '../../vendor/work';
import { counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { ExactTime, Time } from '../../ui/time';
import type { EngagementRow, EngagementView } from '../types';
import { AnswerTerms } from './answer-terms';
import { Briefs } from './briefs';
import { EndEngagement } from './end-engagement';
import { Placed } from './placed';
import { EngagementState } from './state';
import { TermsInWords } from './terms';

/** One engagement: its terms, what the lab says of work, who is on it. */
export default function Engagement() {
  const { engagement: id = '' } = useParams();
  const view = useAt<EngagementView>(`/api/desk/engagements/${id}`);
  const now = useNow(id, view);
  const manager = isManager(useVendor());
  const [ending, setEnding] = useState(false);
  if (!view.data)
    return (
      <Page title="Engagement">
        <ProblemNotice error={view.error} retry={() => void view.refetch()} />
        {view.isPending && <Loading what="Opening the engagement" />}
      </Page>
    );
  const { terms, proposed, briefs, events } = view.data;
  const row = now ?? view.data.engagement;
  const over = row.state === 'ended' || row.state === 'declined';
  return (
    <Page
      title={`${row.lab}${terms ? `: ${terms.programme}` : ''}`}
      aside={
        <>
          <EngagementState row={row} />
          {manager && row.state === 'inForce' && (
            <Button variant="default" c="var(--mantine-color-error)" onClick={() => setEnding(true)}>
              End it…
            </Button>
          )}
        </>
      }
    >
      <Stack gap="lg">
        {row.stopped && (
          <Notice tone="stopped" title={`The lab has suspended this engagement: ${stopWord(row.stopped)}`}>
            <Text>
              No task opens until the lab resumes it. Each of the {counted(row.placed, 'person', 'people')}{' '}
              placed here was told this reason. Work already done stays payable; other open work is shown to
              them.
            </Text>
          </Notice>
        )}
        {!over && row.endsAt && (
          <Notice tone="attention" title="Its end is set">
            <Text>
              Nobody works on it from <ExactTime value={row.endsAt} />.
              {row.endedBy && ` ${row.endedBy === 'vendor' ? 'This vendor' : 'The lab'} gave notice`}
              {row.noticeAt && (
                <>
                  {' '}
                  <Time value={row.noticeAt} />
                </>
              )}
            </Text>
          </Notice>
        )}
        {proposed && row.proposed !== null && (
          <AnswerTerms row={row} proposed={proposed} before={terms} manager={manager} />
        )}
        {terms && (
          <section aria-labelledby="terms" className="panel">
            <Title order={2} id="terms">
              Terms in force
            </Title>
            <TermsInWords terms={terms} />
          </section>
        )}
        <Placed engagement={id} manager={manager} />
        <Briefs
          briefs={briefs}
          engagement={row}
          currency={(terms ?? proposed)?.currency ?? ''}
          manager={manager}
        />
        <Text c="dimmed">
          {counted(events, 'work event')} taken from the lab, in order and without a gap. They carry counts,
          kinds and times, never content: <Link to="/desk/pay">see what they are paid</Link>.
        </Text>
      </Stack>
      {ending && (
        <EndEngagement row={row} noticeDays={terms?.noticeDays ?? 0} close={() => setEnding(false)} />
      )}
    </Page>
  );
}

/** Where it stands, looked at again and again in the list: that opens nothing, while terms and briefs are opened with a receipt. */
function useNow(id: string, { data, refetch }: { data?: EngagementView; refetch: () => unknown }) {
  const rows = useAt<EngagementRow[]>('/api/desk/engagements', 15_000);
  const row = rows.data?.find((one) => one.id === id);
  const changed =
    row && data && (row.proposed !== data.engagement.proposed || row.revision !== data.engagement.revision);
  useEffect(() => {
    if (changed) refetch();
  }, [changed, refetch]);
  return row;
}
