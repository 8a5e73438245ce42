import { lazy } from 'react';
import { TabbedPage } from '../../ui/tabbed-page';

const tabs = {
  statements: ['Statements', lazy(() => import('./statements'))],
  disputes: ['Disputes', lazy(() => import('./disputes'))],
  withholdings: ['Withholdings', lazy(() => import('./withholdings'))],
  findings: ['To look at', lazy(() => import('./findings'))],
  payouts: ['Payouts', lazy(() => import('./payouts'))],
  floors: ['Floors', lazy(() => import('./floors'))],
} as const;

/** What people are paid: statements, objections, what is held back, and the files for the bank. */
export default function Pay() {
  return <TabbedPage title="Pay" label="Parts of pay" at="/desk/pay" tabs={tabs} panel={{}} />;
}
