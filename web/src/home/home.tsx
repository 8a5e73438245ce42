import { Stack, Text, Title } from '@mantine/core';
import { Link, Navigate } from 'react-router';
import type { Membership } from '../api/types';
import { isAuditor, isStaff, roleNames, useSession } from '../session/session';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PublicShell } from '../ui/public-shell';
import { placeAtVendor } from '../vendor/at-vendor';

/** Where a person's work at a lab is. */
export function placeOf(membership: Membership): string {
  const lab = `/labs/${membership.slug}`;
  if (isStaff(membership) || isAuditor(membership)) return `${lab}/studio`;
  return membership.role === 'reviewer' ? `${lab}/review` : `${lab}/work`;
}

/** Which lab, in which role. With one place only, goes there. */
export function Home() {
  const session = useSession();
  if (session.isPending) return <Loading what="Looking who is signed in" />;
  if (session.error)
    return (
      <PublicShell>
        <Page title="Cofferdam" narrow>
          <ProblemNotice error={session.error} retry={() => void session.refetch()} />
        </Page>
      </PublicShell>
    );
  if (!session.data) return <Navigate to="/sign-in" replace />;
  if (session.data.vendor) return <Navigate to={placeAtVendor(session.data.vendor)} replace />;
  const [only, ...more] = session.data.labs;
  if (only && more.length === 0) return <Navigate to={placeOf(only)} replace />;
  return (
    <PublicShell>
      <Page title="Your labs" narrow>
        {session.data.labs.length === 0 ? (
          <EmptyState title="You are at no lab now">
            Your account exists, but no lab has it among its people. Ask the lab for an enrolment link.
          </EmptyState>
        ) : (
          <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {session.data.labs.map((membership) => (
              <li key={membership.slug} className="panel">
                <Title order={2}>
                  <Link to={placeOf(membership)}>{membership.slug}</Link>
                </Title>
                <Text c="dimmed">{roleNames[membership.role]}</Text>
              </li>
            ))}
          </Stack>
        )}
      </Page>
    </PublicShell>
  );
}
