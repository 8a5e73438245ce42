import { Text } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { createBrowserRouter, Link, useRouteError } from 'react-router';
import { Home } from './home/home';
import { LabShell } from './session/lab-shell';
import { Loading } from './ui/loading';
import { ProblemNotice } from './ui/notice';
import { Page } from './ui/page';
import { PublicShell } from './ui/public-shell';

// Each area is loaded when it is entered.
const Enrol = lazy(() => import('./enrol/enrol').then((module) => ({ default: module.Enrol })));
const ExpertEnrolment = lazy(() => import('./experts/expert-enrolment'));
const SignIn = lazy(() => import('./sign-in/sign-in').then((module) => ({ default: module.SignIn })));
const WorkList = lazy(() => import('./workroom/work-list'));
const Workroom = lazy(() => import('./workroom/workroom'));
const Day = lazy(() => import('./workroom/day'));
const ReviewList = lazy(() => import('./review/review-list'));
const ReviewRoom = lazy(() => import('./review/review-room'));
const Appeals = lazy(() => import('./review/appeals'));
const Escalations = lazy(() => import('./review/escalations'));
const Projects = lazy(() => import('./studio/projects/projects'));
const People = lazy(() => import('./studio/people/people'));
const Project = lazy(() => import('./studio/project/project'));
const Samples = lazy(() => import('./studio/acceptance/samples'));
const Judge = lazy(() => import('./studio/acceptance/judge'));
const Vendors = lazy(() => import('./vendors/vendors'));
const Vendor = lazy(() => import('./vendors/vendor'));
const Security = lazy(() => import('./security/security'));
const Settings = lazy(() => import('./settings/settings'));
const VendorShell = lazy(() =>
  import('./vendor/vendor-shell').then((module) => ({ default: module.VendorShell })),
);
const OwnSessions = lazy(() => import('./vendor/own-sessions'));
const Listings = lazy(() => import('./listings/listings'));
const DeskLabs = lazy(() => import('./desk/labs/labs'));
const DeskEngagements = lazy(() => import('./desk/engagements/engagements'));
const DeskEngagement = lazy(() => import('./desk/engagements/engagement'));
const DeskNeeds = lazy(() => import('./desk/needs/needs'));
const DeskPeople = lazy(() => import('./desk/people/people'));
const DeskPerson = lazy(() => import('./desk/people/person'));
const DeskRoster = lazy(() => import('./desk/roster/roster'));
const DeskPay = lazy(() => import('./desk/pay/pay'));
const DeskStatement = lazy(() => import('./desk/pay/statement'));
const DeskVetting = lazy(() => import('./desk/vetting/vetting'));
const MyWork = lazy(() => import('./me/work/work'));
const EnrolAtLab = lazy(() => import('./me/work/enrol-at-lab'));
const MyPay = lazy(() => import('./me/pay/pay'));
const MyStatement = lazy(() => import('./me/pay/statement'));
const MyProfile = lazy(() => import('./me/profile/profile'));
const MyAgreements = lazy(() => import('./me/agreements/agreements'));
const MyTests = lazy(() => import('./me/tests/tests'));
const MyTest = lazy(() => import('./me/tests/test'));
const HeldAboutMe = lazy(() => import('./me/data/data'));

export const router = createBrowserRouter([
  { path: '/', element: <Home />, errorElement: <Broken /> },
  { path: '/enrol', element: <Entrance page={<Enrol />} />, errorElement: <Broken /> },
  { path: '/experts', element: <Entrance page={<ExpertEnrolment />} />, errorElement: <Broken /> },
  { path: '/listings', element: <Entrance page={<Listings />} />, errorElement: <Broken /> },
  { path: '/sign-in', element: <Entrance page={<SignIn />} />, errorElement: <Broken /> },
  {
    path: '/labs/:lab',
    errorElement: <Broken />,
    element: <LabShell />,
    children: [
      { path: 'work', element: <WorkList /> },
      { path: 'work/:project', element: <Workroom /> },
      { path: 'work/:project/day', element: <Day /> },
      { path: 'review', element: <ReviewList /> },
      { path: 'review/:project', element: <ReviewRoom /> },
      { path: 'review/:project/appeals', element: <Appeals /> },
      { path: 'review/:project/escalations', element: <Escalations /> },
      { path: 'review/:project/acceptances', element: <Samples /> },
      { path: 'review/:project/acceptances/:acceptance', element: <Judge /> },
      { path: 'settings', element: <Settings /> },
      { path: 'studio', element: <Projects /> },
      { path: 'people', element: <People /> },
      { path: 'vendors', element: <Vendors /> },
      { path: 'vendors/:engagement', element: <Vendor /> },
      { path: 'security', element: <Security /> },
      { path: 'security/:tab', element: <Security /> },
      { path: 'studio/:project', element: <Project /> },
      { path: 'studio/:project/:tab', element: <Project /> },
    ],
  },
  {
    path: '/desk',
    errorElement: <Broken />,
    element: <VendorPlace />,
    children: [
      { path: 'labs', element: <DeskLabs /> },
      { path: 'engagements', element: <DeskEngagements /> },
      { path: 'engagements/:engagement', element: <DeskEngagement /> },
      { path: 'needs', element: <DeskNeeds /> },
      { path: 'needs/:need', element: <DeskNeeds /> },
      { path: 'people', element: <DeskPeople /> },
      { path: 'people/:person', element: <DeskPerson /> },
      { path: 'roster', element: <DeskRoster /> },
      { path: 'pay', element: <DeskPay /> },
      { path: 'pay/:tab', element: <DeskPay /> },
      { path: 'pay/statements/:statement', element: <DeskStatement /> },
      { path: 'vetting', element: <DeskVetting /> },
      { path: 'vetting/:tab', element: <DeskVetting /> },
      { path: 'settings', element: <OwnSessions /> },
    ],
  },
  {
    path: '/me',
    errorElement: <Broken />,
    element: <VendorPlace />,
    children: [
      { path: 'work', element: <MyWork /> },
      { path: 'enrol-at-lab', element: <EnrolAtLab /> },
      { path: 'pay', element: <MyPay /> },
      { path: 'pay/:statement', element: <MyStatement /> },
      { path: 'profile', element: <MyProfile /> },
      { path: 'agreements', element: <MyAgreements /> },
      { path: 'tests', element: <MyTests /> },
      { path: 'tests/:code', element: <MyTest /> },
      { path: 'data', element: <HeldAboutMe /> },
      { path: 'settings', element: <OwnSessions /> },
    ],
  },
  { path: '*', element: <NotFound /> },
]);

/** A page for people who are not signed in. */
function Entrance({ page }: { page: ReactNode }) {
  return <Suspense fallback={<Loading what="Opening" />}>{page}</Suspense>;
}

/** Not for people at a lab, whose first load it would be part of. */
function VendorPlace() {
  return <Entrance page={<VendorShell />} />;
}

/** A fault of this page, or a part of it that could not be fetched, as after the server was renewed. */
function Broken() {
  return (
    <PublicShell>
      <Page title="This page has stopped" narrow>
        <ProblemNotice
          error={useRouteError()}
          retry={() => location.reload()}
          safe="What was saved is safe; what was typed since is kept in this browser where it could be."
        />
      </Page>
    </PublicShell>
  );
}

function NotFound() {
  return (
    <PublicShell>
      <Page title="There is nothing here" narrow>
        <Text>
          The address may have been mistyped. <Link to="/">Go to your labs</Link>
        </Text>
      </Page>
    </PublicShell>
  );
}
