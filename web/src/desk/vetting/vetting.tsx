import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Loading } from '../../ui/loading';
import { Page } from '../../ui/page';

const tabs = {
  listings: ['Listings', lazy(() => import('./listings'))],
  agreements: ['Agreements', lazy(() => import('./agreements'))],
  training: ['Training', lazy(() => import('./training'))],
  tests: ['Tests', lazy(() => import('./tests'))],
  interviews: ['Interviews', lazy(() => import('./interviews'))],
  rivals: ['Rival labs', lazy(() => import('./rivals'))],
  erasures: ['Erasures', lazy(() => import('./erasures'))],
} as const;
type Tab = keyof typeof tabs;

/** How people come, what they sign, learn and show, and what is kept of it. */
export default function VettingPages() {
  const { tab: wanted = '' } = useParams();
  const shown = Object.keys(tabs) as Tab[];
  const tab = shown.find((name) => name === wanted) ?? shown[0]!;
  const go = useNavigate();
  const [, Panel] = tabs[tab];
  return (
    <Page title="Vetting">
      <Tabs
        value={tab}
        onChange={(next) => void go(`/desk/vetting/${next}`, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of vetting" mb="md">
          {shown.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {tabs[key][0]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Panel />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
