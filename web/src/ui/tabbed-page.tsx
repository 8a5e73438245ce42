import { Tabs } from '@mantine/core';
import { Suspense, type ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Loading } from './loading';
import { Page } from './page';

/** A page in parts; which one is shown is in the address, so that it can be linked and reloaded. */
export function TabbedPage<P extends object>({
  title,
  label,
  at,
  tabs,
  panel,
}: {
  title: string;
  /** Names the list of tabs. */
  label: string;
  /** Address of the page; a tab's key follows it. */
  at: string;
  tabs: Readonly<Record<string, readonly [label: string, panel: ComponentType<P>]>>;
  panel: P;
}) {
  const { tab: wanted = '' } = useParams();
  const keys = Object.keys(tabs);
  const tab = keys.includes(wanted) ? wanted : keys[0]!;
  const go = useNavigate();
  const [, Panel] = tabs[tab]!;
  return (
    <Page title={title}>
      <Tabs value={tab} onChange={(next) => void go(`${at}/${next}`, { replace: true })} keepMounted={false}>
        <Tabs.List aria-label={label} mb="md">
          {Object.entries(tabs).map(([key, [name]]) => (
            <Tabs.Tab key={key} value={key}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Panel {...panel} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
