import { lazy } from 'react';
import { useHere } from '../session/membership';
import { TabbedPage } from '../ui/tabbed-page';

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

/** What a lab's security people look after: the node, its ledger, and what was shown to whom. */
export default function Security() {
  const lab = useHere().membership.slug;
  return (
    <TabbedPage
      title="Security"
      label="Parts of the lab's security"
      at={`/labs/${lab}/security`}
      tabs={tabs}
      panel={{ lab }}
    />
  );
}
