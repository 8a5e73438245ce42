import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useHere } from '../session/membership';
import { Loading } from '../ui/loading';
import { Page } from '../ui/page';

const tabs = {
  node: ['Node', lazy(() => import('./node'))],
  suspensions: ['Suspensions', lazy(() => import('./suspensions/suspensions'))],
  ledger: ['Ledger', lazy(() => import('./ledger/ledger'))],
  receipts: ['Receipts', lazy(() => import('./receipts'))],
  budgets: ['Budgets', lazy(() => import('./budgets/budgets'))],
  engagements: ['Engagements', lazy(() => import('./engagements/engagements'))],
  proposals: ['Two people', lazy(() => import('./proposals/proposals'))],
  keys: ['Keys', lazy(() => import('./keys/keys'))],
} as const;
type Tab = keyof typeof tabs;

/** What a lab's security people look after: the node, its ledger, and what was shown to whom. */
export default function Security() {
  const { tab: wanted = '' } = useParams();
  const { membership } = useHere();
  const lab = membership.slug;
  const shown = Object.keys(tabs) as Tab[];
  const tab = shown.find((name) => name === wanted) ?? shown[0]!;
  const go = useNavigate();
  const [, Panel] = tabs[tab];
  return (
    <Page title="Security">
      <Tabs
        value={tab}
        onChange={(next) => void go(`/labs/${lab}/security/${next}`, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of the lab's security" mb="md">
          {shown.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {tabs[key][0]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Panel lab={lab} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
