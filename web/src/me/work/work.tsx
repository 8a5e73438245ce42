import { Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useAt } from '../../vendor/asking';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import type { MyOffer, MyPlacement, MyWork } from '../types';
import { Notices } from './notices';
import { Offer } from './offer';
import { Open } from './open-work';
import { Past, Placement } from './placement';
import { TimeOff } from './time-off';

/** What an expert is offered, where they work, why some of it has stopped, and what else is open. */
export default function Work() {
  const offers = useAt<MyOffer[]>('/api/me/offers', 120_000);
  const placements = useAt<MyPlacement[]>('/api/me/placements');
  const work = useAt<MyWork>('/api/me/work');
  const now = (placements.data ?? []).filter(({ endedAt }) => endedAt === null);
  const past = (placements.data ?? []).filter(({ endedAt }) => endedAt !== null);
  return (
    <Page title="Work">
      <Stack gap="lg">
        <Notices />
        {[offers, placements, work].map(
          (query, at) =>
            query.error && <ProblemNotice key={at} error={query.error} retry={() => void query.refetch()} />,
        )}
        {(offers.isPending || placements.isPending) && <Loading what="Looking what there is" />}
        {offers.data && offers.data.length > 0 && (
          <section aria-labelledby="offers">
            <Title order={2} id="offers" mb="xs">
              Offered to you
            </Title>
            <Stack gap="sm">
              {offers.data.map((offer) => (
                <Offer key={offer.id} offer={offer} />
              ))}
            </Stack>
          </section>
        )}
        {offers.data?.length === 0 && now.length === 0 && placements.data && (
          <EmptyState title="No work yet">
            Offers come here. They come to people whose <Link to="/me/profile">profile</Link> fits, who have{' '}
            <Link to="/me/agreements">signed the agreements</Link> and, where it is asked, passed a{' '}
            <Link to="/me/tests">test</Link>. To decline an offer counts for nothing.
          </EmptyState>
        )}
        {now.length > 0 && (
          <section aria-labelledby="placements">
            <Title order={2} id="placements" mb="xs">
              Where you work
            </Title>
            <Stack gap="sm">
              {now.map((placement) => (
                <Placement
                  key={placement.id}
                  placement={placement}
                  stops={(work.data?.stopped ?? []).filter((stop) => stop.placement === placement.id)}
                />
              ))}
            </Stack>
          </section>
        )}
        {work.data && <Open open={work.data.open} stopped={work.data.stopped.length > 0} />}
        <TimeOff />
        {past.length > 0 && <Past placements={past} />}
      </Stack>
    </Page>
  );
}
