import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useParams } from 'react-router';
import { useStepUpWanted } from '../api/step-up';
import type { Membership } from '../api/types';
import { Brand } from '../ui/brand';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PublicShell } from '../ui/public-shell';
import { EvaluationBar } from './evaluation-bar';
import { HereContext } from './membership';
import { Bell } from './notices/bell';
import { isAuditor, isStaff, roleNames, useSession } from './session';
import { SignOut } from './sign-out';
import { VaultAway } from './vault-away';

// Not for experts, whose first load it would be part of.
const SuspensionBar = lazy(() => import('./suspension-bar'));
const StepUpDialog = lazy(() => import('./step-up-dialog'));

/** The frame of everything at one lab: where one is, as whom, and in what state the node is. */
export function LabShell() {
  const { lab } = useParams();
  const session = useSession();
  const { pathname } = useLocation();
  const stepUp = useStepUpWanted();
  if (session.isPending) return <Loading what="Looking who is signed in" />;
  if (session.error)
    return (
      <PublicShell>
        <Page title="Cofferdam" narrow>
          <ProblemNotice error={session.error} retry={() => void session.refetch()} />
        </Page>
      </PublicShell>
    );
  if (!session.data) return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname)}`} replace />;
  const membership = session.data.labs.find((m) => m.slug === lab);
  if (!membership)
    return (
      <PublicShell>
        <Page title="No such place" narrow>
          <Text>There is no lab of this name among yours.</Text>
          <NavLink to="/">Your labs</NavLink>
        </Page>
      </PublicShell>
    );
  return (
    <HereContext value={{ session: session.data, membership }}>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <div className="frame">
        <header>
          {session.data.evaluation && <EvaluationBar />}
          <VaultAway />
          {(isStaff(membership) || isAuditor(membership)) && (
            <Suspense>
              <SuspensionBar lab={membership.slug} />
            </Suspense>
          )}
          <div className="top">
            <Brand />
            <Places membership={membership} />
            <NavLink to={`/labs/${membership.slug}/settings`} className="push">
              {session.data.account.name}
              <span className="only-wide">
                , {roleNames[membership.role].toLowerCase()} at {membership.slug}
              </span>
              <span className="visually-hidden">: your settings</span>
            </NavLink>
            <Bell />
            <SignOut />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Outlet />
          </Suspense>
          <Suspense>{stepUp && <StepUpDialog />}</Suspense>
        </main>
      </div>
    </HereContext>
  );
}

function Places({ membership }: { membership: Membership }) {
  const lab = `/labs/${membership.slug}`;
  const places: [string, string][] = isStaff(membership)
    ? [
        ['studio', 'Projects'],
        ['people', 'People'],
        ['security', 'Security'],
        ['work', 'Workroom'],
        ['review', 'Review'],
      ]
    : isAuditor(membership)
      ? [
          ['studio', 'Projects'],
          ['people', 'People'],
          ['security', 'Security'],
        ]
      : membership.role === 'reviewer'
        ? [
            ['review', 'Review'],
            ['work', 'Workroom'],
          ]
        : [['work', 'Workroom']];
  return (
    <nav aria-label="Places">
      {places.map(([path, name]) => (
        <NavLink key={path} to={`${lab}/${path}`}>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
