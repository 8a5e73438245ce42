import { Text } from '@mantine/core';
import { lazy } from 'react';
import { createBrowserRouter, Link } from 'react-router';
import { Enrol } from './enrol/enrol';
import { Home } from './home/home';
import { LabShell } from './session/lab-shell';
import { SignIn } from './sign-in/sign-in';
import { Page } from './ui/page';
import { PublicShell } from './ui/public-shell';

// Each area is loaded when it is entered.
const WorkList = lazy(() => import('./workroom/work-list'));
const Workroom = lazy(() => import('./workroom/workroom'));
const ReviewList = lazy(() => import('./review/review-list'));
const ReviewRoom = lazy(() => import('./review/review-room'));
const Projects = lazy(() => import('./studio/projects/projects'));
const People = lazy(() => import('./studio/people/people'));
const Project = lazy(() => import('./studio/project/project'));

export const router = createBrowserRouter([
  { path: '/', element: <Home /> },
  { path: '/enrol', element: <Enrol /> },
  { path: '/sign-in', element: <SignIn /> },
  {
    path: '/labs/:lab',
    element: <LabShell />,
    children: [
      { path: 'work', element: <WorkList /> },
      { path: 'work/:project', element: <Workroom /> },
      { path: 'review', element: <ReviewList /> },
      { path: 'review/:project', element: <ReviewRoom /> },
      { path: 'studio', element: <Projects /> },
      { path: 'people', element: <People /> },
      { path: 'studio/:project', element: <Project /> },
      { path: 'studio/:project/:tab', element: <Project /> },
    ],
  },
  { path: '*', element: <NotFound /> },
]);

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
