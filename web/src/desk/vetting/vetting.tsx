import { lazy } from 'react';
import { TabbedPage } from '../../ui/tabbed-page';

const tabs = {
  listings: ['Listings', lazy(() => import('./listings'))],
  agreements: ['Agreements', lazy(() => import('./agreements'))],
  training: ['Training', lazy(() => import('./training'))],
  tests: ['Tests', lazy(() => import('./tests'))],
  interviews: ['Interviews', lazy(() => import('./interviews'))],
  rivals: ['Rival labs', lazy(() => import('./rivals'))],
  erasures: ['Erasures', lazy(() => import('./erasures'))],
} as const;

/** How people come, what they sign, learn and show, and what is kept of it. */
export default function VettingPages() {
  return <TabbedPage title="Vetting" label="Parts of vetting" at="/desk/vetting" tabs={tabs} panel={{}} />;
}
