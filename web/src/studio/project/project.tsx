import { Button, Tabs, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import type { Progress, Suspension } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { reasonWord, useStops } from '../../session/suspensions';
import { count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { ResumeButton, SuspendDialog } from '../suspend/suspend';
import { PasskeyDialog } from './passkey-dialog';
import { useProgress, useProject } from './queries';

const tabs = {
  data: ['Data', lazy(() => import('../data/data'))],
  guidelines: ['Guidelines', lazy(() => import('../guidelines/guidelines'))],
  form: ['Form', lazy(() => import('../form/form'))],
  questions: ['Questions', lazy(() => import('../questions/questions'))],
  batches: ['Batches', lazy(() => import('../batches/batches'))],
  decisions: ['To decide', lazy(() => import('../decisions/decisions'))],
  acceptance: ['Acceptance', lazy(() => import('../acceptance/acceptance'))],
  people: ['People', lazy(() => import('../people/project-people'))],
  figures: ['Figures', lazy(() => import('../figures/figures'))],
  reports: ['Reports', lazy(() => import('../reports/reports'))],
  deliveries: ['Deliveries', lazy(() => import('../deliveries/deliveries'))],
  disclosures: ['Disclosures', lazy(() => import('../disclosures/disclosures'))],
} as const;
type Tab = keyof typeof tabs;

/** What an auditor sees of a project: who was shown what, and figures; none of its content. */
const auditors: readonly Tab[] = ['figures', 'batches', 'people', 'deliveries', 'disclosures'];

/** One project: its state in a line, then its parts. */
export default function Project() {
  const { project = '', tab: wanted = '' } = useParams();
  const { membership } = useHere();
  const lab = membership.slug;
  const staff = isStaff(membership);
  const shown = staff ? (Object.keys(tabs) as Tab[]) : auditors;
  const tab = shown.find((name) => name === wanted) ?? shown[0]!;
  const go = useNavigate();
  const facts = useProject(lab, project);
  const suspension = useStops(lab).find(
    (s) => s.scope === 'lab' || (s.scope === 'project' && s.id === project),
  );
  const [suspending, setSuspending] = useState(false);
  const [asking, setAsking] = useState(false);
  if (facts.isPending) return <Loading what="Opening the project" />;
  // A suspended project cannot be opened, but it can be looked after and resumed.
  if (facts.error && !hasStatus(facts.error, 423))
    return (
      <Page title="The project could not be opened" narrow>
        <ProblemNotice error={facts.error} retry={() => void facts.refetch()} />
      </Page>
    );
  const [, Panel] = tabs[tab];
  return (
    <Page
      title={facts.data?.name ?? (staff ? 'Suspended project' : (facts.data?.code ?? 'Project'))}
      aside={
        <>
          {facts.data?.name && <Text c="dimmed">experts see: {facts.data.code}</Text>}
          <span className="push">
            {staff && facts.data && (
              <Button variant="subtle" onClick={() => setAsking(true)}>
                Passkey…
              </Button>
            )}
            {!staff ? null : suspension ? (
              <ResumeButton lab={lab} suspension={suspension} what="project" />
            ) : (
              <Button variant="default" c="var(--mantine-color-error)" onClick={() => setSuspending(true)}>
                Suspend project…
              </Button>
            )}
          </span>
        </>
      }
    >
      {asking && (
        <PasskeyDialog
          lab={lab}
          project={project}
          minutes={(facts.data as { stepUpMinutes?: number | null } | undefined)?.stepUpMinutes ?? null}
          close={() => setAsking(false)}
        />
      )}
      <StateLine lab={lab} project={project} suspension={suspension} staff={staff} />
      <Tabs
        value={tab}
        onChange={(next) => void go(`/labs/${lab}/studio/${project}/${next}`, { replace: true })}
        keepMounted={false}
        mt="sm"
      >
        <Tabs.List aria-label="Parts of the project" mb="md">
          {shown.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {tabs[key][0]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loading what="Opening" />}>
            <Panel lab={lab} project={project} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {suspending && (
        <SuspendDialog
          lab={lab}
          scope={{ scope: 'project', id: project }}
          name={facts.data?.name ?? 'this project'}
          close={() => setSuspending(false)}
        />
      )}
    </Page>
  );
}

function StateLine({
  lab,
  project,
  suspension,
  staff,
}: {
  lab: string;
  project: string;
  suspension?: Suspension;
  staff: boolean;
}) {
  const progress = useProgress(lab, project);
  return (
    <Text component="div">
      {suspension ? (
        <State tone="stopped">Suspended: {reasonWord(suspension.reason)}</State>
      ) : (
        <State tone="good">Running</State>
      )}{' '}
      {progress.data && inWords(progress.data)}
      {progress.data && !suspension && staff && (
        <NextStep lab={lab} project={project} progress={progress.data} />
      )}
    </Text>
  );
}

/** What moves the project on, for whoever has not done this before. */
function NextStep({ lab, project, progress }: { lab: string; project: string; progress: Progress }) {
  const next = nextStep(progress);
  if (!next) return null;
  const to =
    next.to === 'review' ? `/labs/${lab}/review/${project}` : `/labs/${lab}/studio/${project}/${next.to}`;
  return (
    <>
      {' '}
      Next: <Link to={to}>{next.words}</Link>
      {next.then && `; ${next.then}`}.
    </>
  );
}

export function nextStep({
  items,
  slots,
}: Progress): { words: string; to: Tab | 'review'; then?: string } | null {
  const total = Object.values(slots).reduce((sum, n) => sum + n, 0);
  if (items === 0)
    return {
      words: 'import items',
      to: 'data',
      then: 'then the form, the guidelines and a batch, and experts can work',
    };
  if (total === 0)
    return {
      words: 'open a batch',
      to: 'batches',
      then: 'check form and guidelines first: it takes them as they are',
    };
  if (slots.submitted > 0) return { words: `review ${counted(slots.submitted, 'answer')}`, to: 'review' };
  if (slots.open + slots.leased + slots.returned + slots.escalated > 0 || slots.accepted === 0) return null;
  return { words: 'accept the batch on a sample', to: 'acceptance', then: 'then make a delivery' };
}

export function inWords({ items, slots }: Progress): string {
  if (items === 0) return 'No items yet.';
  const parts = [
    counted(items, 'item'),
    `${counted(slots.open, 'task')} open`,
    `${count(slots.leased)} in hand`,
    `${count(slots.submitted)} to review`,
    `${count(slots.accepted)} accepted`,
    `${count(slots.returned)} returned`,
  ];
  return parts.join(' · ');
}
