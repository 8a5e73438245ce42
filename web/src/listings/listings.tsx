import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../session/session';
import { post, useAct, useAt } from '../vendor/asking';
import { EmptyState } from '../ui/empty-state';
import { counted, money } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PublicShell } from '../ui/public-shell';
import { Time } from '../ui/time';
import { SafeMarkdown } from '../workroom/markdown';
import type { Listing } from './types';

/** Open listings, for anybody. */
export default function Listings() {
  const listings = useAt<Listing[]>('/api/listings');
  const never = listings.data?.[0]?.neverCollected ?? [];
  return (
    <PublicShell>
      <Page title="Open listings">
        <Stack gap="md">
          <ProblemNotice error={listings.error} retry={() => void listings.refetch()} />
          {listings.isPending && <Loading what="Looking what is open" />}
          {listings.data?.length === 0 && (
            <EmptyState title="Nothing is listed just now">
              If you have an invitation, open its link. If you are here already,{' '}
              <Link to="/">go to your work</Link>.
            </EmptyState>
          )}
          {(listings.data ?? []).map((listing) => (
            <One key={listing.id} listing={listing} />
          ))}
          {never.length > 0 && (
            <section aria-labelledby="never" className="panel">
              <Title order={2} id="never">
                What we never collect
              </Title>
              <ul>
                {never.map((what) => (
                  <li key={what}>{what}</li>
                ))}
              </ul>
            </section>
          )}
        </Stack>
      </Page>
    </PublicShell>
  );
}

function One({ listing }: { listing: Listing }) {
  const session = useSession();
  const navigate = useNavigate();
  const expert = session.data?.vendor?.role === 'expert';
  const apply = useAct(() =>
    expert
      ? post<{ token: string } | undefined>(`/api/me/applications/${listing.id}`)
      : post<{ token: string } | undefined>(`/api/listings/${listing.id}/apply`),
  );
  const send = () =>
    // The link's token goes on in the fragment, as in a link that was handed over.
    apply.mutate(undefined, { onSuccess: (made) => made && void navigate(`/enrol#${made.token}`) });
  return (
    <article className="panel" aria-label={listing.title}>
      <Title order={2}>{listing.title}</Title>
      <dl className="facts">
        <div>
          <dt>Pays</dt>
          <dd>
            {money(listing.rateFrom, listing.currency)} to {money(listing.rateTo, listing.currency)} an hour
            {listing.earlierRate !== null &&
              `; listed before at ${money(listing.earlierRate, listing.currency)} an hour`}
          </dd>
        </div>
        <div>
          <dt>Expected</dt>
          <dd>{counted(listing.hoursPerWeek, 'hour')} a week</dd>
        </div>
        {listing.skills.length > 0 && (
          <div>
            <dt>Skills</dt>
            <dd>{listing.skills.join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>Open since</dt>
          <dd>
            <Time value={listing.openedAt} />
          </dd>
        </div>
      </dl>
      <SafeMarkdown text={listing.text} />
      <ProblemNotice error={apply.error} />
      {apply.isSuccess && expert ? (
        <Notice tone="good" title="You have applied" live />
      ) : (
        <Group mt="sm">
          <Button loading={apply.isPending} onClick={send}>
            Apply<span className="visually-hidden">: {listing.title}</span>
          </Button>
          {!expert && (
            <Text c="dimmed">You make an account with a passkey; nothing else is asked for first.</Text>
          )}
        </Group>
      )}
    </article>
  );
}
