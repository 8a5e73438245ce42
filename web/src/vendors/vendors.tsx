import { Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Vendor } from '../api/types';
import { useHere } from '../session/membership';
import { engagementName, useEngagements } from '../studio/engagements/queries';
import { DataTable, type Column } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { count } from '../ui/format';
import { Loading } from '../ui/loading';
import { ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { Time } from '../ui/time';
import { Pairing } from './pairing';
import { useVendors } from './queries';

/** Who works for the lab through whom: engagements, their people, and what their vendors have been told. */
export default function Vendors() {
  const { membership } = useHere();
  const lab = membership.slug;
  const vendors = useVendors(lab);
  const engagements = useEngagements(lab);
  const names = new Map(engagements.data?.map((one) => [one.id, engagementName(one)]));
  const name = (one: Vendor) => names.get(one.engagement) ?? `…${one.engagement.slice(-8)}`;
  const without = engagements.data?.filter(
    (one) => !one.endedAt && !vendors.data?.some((vendor) => vendor.engagement === one.id),
  );
  const columns: Column<Vendor>[] = [
    {
      title: 'Engagement',
      value: name,
      show: (one) => <Link to={`/labs/${lab}/vendors/${one.engagement}`}>{name(one)}</Link>,
    },
    { title: 'Vendor', value: (one) => one.vendor ?? 'not paired any more' },
    { title: 'State', value: stateOf, show: (one) => <VendorState of={one} /> },
    {
      title: 'People',
      value: (one) => one.people,
      show: (one) => `${count(one.people)} of ${count(one.headcount)}`,
      numeric: true,
    },
    { title: 'To admit', value: (one) => one.waiting, show: (one) => count(one.waiting), numeric: true },
    { title: 'Briefs', value: (one) => one.briefs, show: (one) => count(one.briefs), numeric: true },
    {
      title: 'Work events',
      value: (one) => one.feed.behind,
      show: (one) => <Feed of={one} />,
    },
  ];
  return (
    <Page title="Vendors">
      <Stack gap="lg">
        <ProblemNotice error={vendors.error} retry={() => void vendors.refetch()} />
        {vendors.isPending && <Loading what="Looking who works for the lab" />}
        {vendors.data?.length === 0 && (
          <EmptyState title="No engagement has terms with a vendor">
            Pair with the vendor's node below, make an engagement under{' '}
            <Link to={`/labs/${lab}/security/engagements`}>Security</Link>, and set its terms here.
          </EmptyState>
        )}
        {vendors.data && vendors.data.length > 0 && (
          <div className="panel">
            <DataTable caption="Vendors" rows={vendors.data} columns={columns} id={(one) => one.engagement} />
          </div>
        )}
        {without && without.length > 0 && (
          <Text>
            Without terms yet:{' '}
            {without.map((one, index) => (
              <span key={one.id}>
                {index > 0 && ', '}
                <Link to={`/labs/${lab}/vendors/${one.id}`}>{engagementName(one)}</Link>
              </span>
            ))}
          </Text>
        )}
        <Pairing lab={lab} owner={membership.role === 'owner'} />
      </Stack>
    </Page>
  );
}

function stateOf(one: Vendor) {
  if (one.endedAt) return 'ended';
  if (one.suspended) return 'suspended';
  if (one.vendorEnds) return 'vendor ends';
  if (one.peerState !== 'active') return 'not paired';
  if (one.accepted === false) return 'declined';
  if (one.accepted === null) return 'to be answered';
  return one.keysChanged ? 'new keys' : 'open';
}

function VendorState({ of }: { of: Vendor }) {
  switch (stateOf(of)) {
    case 'ended':
      return <State>Ended</State>;
    case 'suspended':
      return <State tone="stopped">Suspended</State>;
    case 'vendor ends':
      return (
        <State tone="attention">
          The vendor ends it <Time value={of.vendorEnds!} />
        </State>
      );
    case 'declined':
      return <State tone="attention">The vendor declined the terms</State>;
    case 'to be answered':
      return <State>The vendor has yet to answer the terms</State>;
    case 'not paired':
      return <State tone="attention">Not paired</State>;
    case 'new keys':
      return <State tone="attention">New statement keys: confirm the terms</State>;
    default:
      return <State tone="good">Open</State>;
  }
}

function Feed({ of: { feed } }: { of: Vendor }) {
  if (feed.behind === 0)
    return feed.takenAt ? (
      <span>
        all taken, last <Time value={feed.takenAt} />
      </span>
    ) : (
      <span>none yet</span>
    );
  return (
    <State tone={feed.failures > 0 ? 'attention' : 'neutral'}>
      {count(feed.behind)} to be taken
      {feed.failures > 0 && `, ${count(feed.failures)} tries failed; none is lost`}
    </State>
  );
}
