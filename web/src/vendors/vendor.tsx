import { Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useHere } from '../session/membership';
import { engagementOf, useEngagements } from '../studio/engagements/queries';
import { isStaff } from '../session/session';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { Admissions } from './admissions';
import { Briefs } from './briefs';
import { useTerms, useVendors } from './queries';
import { Terms } from './terms';

/** One engagement: what is agreed, who may come, and what the vendor is told of the work. */
export default function Vendor() {
  const { membership } = useHere();
  const lab = membership.slug;
  const { engagement = '' } = useParams();
  const vendors = useVendors(lab);
  const engagements = useEngagements(lab);
  const known = vendors.data?.some((one) => one.engagement === engagement) ?? false;
  const staff = isStaff(membership);
  const terms = useTerms(lab, engagement, known && staff);
  return (
    <Page title={engagementOf(engagements.data ?? [], engagement)}>
      <Stack gap="lg">
        <Text>
          <Link to={`/labs/${lab}/vendors`}>All vendors</Link>. To stop this vendor's people at once:{' '}
          <Link to={`/labs/${lab}/security/engagements`}>suspend the engagement</Link>.
        </Text>
        <ProblemNotice error={vendors.error ?? terms.error} retry={() => void vendors.refetch()} />
        {(vendors.isPending || (known && staff && terms.isPending)) && (
          <Loading what="Looking what is agreed" />
        )}
        {staff && vendors.data && (!known || terms.data) && (
          <Terms
            key={terms.data?.etag ?? 'new'}
            lab={lab}
            engagement={engagement}
            agreed={terms.data ?? null}
          />
        )}
        {known && <Admissions lab={lab} engagement={engagement} staff={staff} />}
        {known && staff && <Briefs lab={lab} engagement={engagement} />}
      </Stack>
    </Page>
  );
}
