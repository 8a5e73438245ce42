import { Suspense } from 'react';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { EvaluationBar } from '../session/evaluation-bar';
import { useSession } from '../session/session';
import { SignOut } from '../session/sign-out';
import { VaultAway } from '../session/vault-away';
import { Brand } from '../ui/brand';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PublicShell } from '../ui/public-shell';
import { isManager, isPayroll, VendorContext, vendorRoleNames, type AtVendor } from './at-vendor';

/** The frame of everything at a vendor: the desk of its staff, and what is an expert's own. */
export function VendorShell() {
  const session = useSession();
  const { pathname, hash } = useLocation();
  if (session.isPending) return <Loading what="Looking who is signed in" />;
  if (session.error)
    return (
      <PublicShell>
        <Page title="Cofferdam" narrow>
          <ProblemNotice error={session.error} retry={() => void session.refetch()} />
        </Page>
      </PublicShell>
    );
  // With the fragment: what a lab's page asks for stands there.
  if (!session.data) return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname + hash)}`} replace />;
  const { vendor, account, evaluation } = session.data;
  if (!vendor || (pathname.startsWith('/desk') && vendor.role === 'expert'))
    return <Navigate to="/" replace />;
  return (
    <VendorContext value={vendor}>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <div className="frame">
        <header>
          {evaluation && <EvaluationBar />}
          <VaultAway />
          <div className="top">
            <Brand />
            <Places vendor={vendor} />
            <NavLink to={vendor.role === 'expert' ? '/me/settings' : '/desk/settings'} className="push">
              {account.name}
              <span className="only-wide">
                , {vendorRoleNames[vendor.role].toLowerCase()} at {vendor.slug}
              </span>
              <span className="visually-hidden">: your settings</span>
            </NavLink>
            <SignOut />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </VendorContext>
  );
}

function Places({ vendor }: { vendor: AtVendor }) {
  return (
    <nav aria-label="Places">
      {placesOf(vendor).map(([path, name]) => (
        <NavLink key={path} to={path}>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

function placesOf(vendor: AtVendor): [path: string, name: string][] {
  if (vendor.role === 'expert')
    return [
      ['/me/work', 'Work'],
      ['/me/pay', 'Pay'],
      ['/me/profile', 'Profile'],
      ['/me/agreements', 'Agreements'],
      ['/me/tests', 'Tests'],
      ['/me/data', 'Held about me'],
    ];
  return [
    ...(isManager(vendor)
      ? ([
          ['/desk/people', 'People'],
          ['/desk/needs', 'Needs'],
          ['/desk/engagements', 'Engagements'],
          ['/desk/roster', 'Roster'],
          ['/desk/vetting', 'Vetting'],
        ] satisfies [string, string][])
      : []),
    ...(isManager(vendor) || isPayroll(vendor) ? ([['/desk/pay', 'Pay']] satisfies [string, string][]) : []),
    ...(isManager(vendor) ? ([['/desk/labs', 'Labs']] satisfies [string, string][]) : []),
  ];
}
