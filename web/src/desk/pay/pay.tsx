import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Loading } from '../../ui/loading';
import { Page } from '../../ui/page';

const tabs = {
  statements: ['Statements', lazy(() => import('./statements'))],
  disputes: ['Disputes', lazy(() => import('./disputes'))],
  withholdings: ['Withholdings', lazy(() => import('./withholdings'))],
  findings: ['To look at', lazy(() => import('./findings'))],
  payouts: ['Payouts', lazy(() => import('./payouts'))],
  floors: ['Floors', lazy(() => import('./floors'))],
} as const;
type Tab = keyof typeof tabs;

/** What people are paid: statements, objections, what is held back, and the files for the bank. */
export default function Pay() {
  const { tab: wanted = '' } = useParams();
  const shown = Object.keys(tabs) as Tab[];
  const tab = shown.find((name) => name === wanted) ?? shown[0]!;
  const go = useNavigate();
  const [, Panel] = tabs[tab];
  return (
    <Page title="Pay">
      <Tabs value={tab} onChange={(next) => void go(`/desk/pay/${next}`, { replace: true })} keepMounted={false}>
        <Tabs.List aria-label="Parts of pay" mb="md">
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
