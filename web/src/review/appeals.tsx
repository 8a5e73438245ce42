import { Button, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Appeal, AppealContent } from '../api/types';
import { useHere } from '../session/membership';
import { Id } from '../ui/copy';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { Time } from '../ui/time';
import { WordsDialog } from '../workroom/dialogs';
import { Visible } from '../workroom/invisible';
import { openAppeal, useAppeals } from '../workroom/queries';
import { RestsOn } from '../workroom/rests-on';
import { RoomHead } from '../workroom/room-head';
import { AnswerDesk, type Opened } from './answer-desk';
import { decideAppeal } from './queries';

/** Appeals that wait for somebody who neither gave nor returned the answer. */
export default function Appeals() {
  const { project = '' } = useParams();
  const { membership } = useHere();
  const lab = membership.slug;
  const appeals = useAppeals(lab, project);
  const [search] = useSearchParams();
  const [open, setOpen] = useState(search.get('open'));
  if (open)
    return (
      <OneAppeal
        lab={lab}
        project={project}
        id={open}
        close={() => {
          setOpen(null);
          void appeals.refetch();
        }}
      />
    );
  const waiting = appeals.data?.rows.filter(({ state }) => state === 'open') ?? [];
  return (
    <Page
      title="Appeals"
      aside={
        <Button variant="default" component={Link} to={`/labs/${lab}/review`}>
          Projects
        </Button>
      }
    >
      <Stack gap="md">
        <ProblemNotice error={appeals.error} retry={() => void appeals.refetch()} />
        {appeals.isPending && <Loading what="Looking for appeals" />}
        {appeals.data && waiting.length === 0 && (
          <EmptyState title="No open appeals">
            When somebody appeals against a return, it appears here for those who had no part in it.
          </EmptyState>
        )}
        {waiting.length > 0 && <AppealList rows={waiting} open={setOpen} />}
      </Stack>
    </Page>
  );
}

function AppealList({ rows, open }: { rows: Appeal[]; open: (id: string) => void }) {
  return (
    <DataTable
      caption="Open appeals"
      id={({ id }) => id}
      rows={rows}
      columns={[
        { title: 'Made', value: (a) => a.madeAt, show: (a) => <Time value={a.madeAt} /> },
        { title: 'By', value: (a) => a.person, show: (a) => <Id value={a.person} label="pseudonym" /> },
        {
          title: 'Decide',
          value: (a) => String(a.mayDecide),
          show: (a) =>
            a.mayDecide ? (
              <Button size="compact-xs" variant="default" onClick={() => open(a.id)}>
                Open
              </Button>
            ) : (
              <State>somebody else decides: you had a part in it</State>
            ),
        },
      ]}
    />
  );
}

function OneAppeal({
  lab,
  project,
  id,
  close,
}: {
  lab: string;
  project: string;
  id: string;
  close: () => void;
}) {
  const client = useQueryClient();
  const [deciding, setDeciding] = useState<'uphold' | 'dismiss' | null>(null);
  const [words, setWords] = useState('');
  const opened = useQuery({
    queryKey: ['lab', lab, project, 'appeal', id],
    queryFn: () => openAppeal(lab, project, id),
    // Opening is a disclosure: once.
    staleTime: Infinity,
    gcTime: 0,
  });
  if (!opened.data)
    return opened.error ? (
      <Page title="The appeal could not be opened" narrow>
        <ProblemNotice error={opened.error} retry={() => void opened.refetch()} />
        <Button variant="default" mt="md" onClick={close}>
          Back to the list
        </Button>
      </Page>
    ) : (
      <Loading what="Opening the appeal" />
    );
  const appeal = opened.data;
  return (
    <AnswerDesk
      lab={lab}
      project={project}
      opened={taskOf(appeal)}
      busy={false}
      head={
        <RoomHead
          title="Appeal"
          facts={[
            <span key="who">
              by <Id value={appeal.person} label="pseudonym" />
            </span>,
          ]}
        />
      }
      above={<BothSides lab={lab} project={project} appeal={appeal} />}
      acts={() => ({})}
      foot={(desk, showKeys) => (
        <>
          <Button variant="default" onClick={close}>
            Back to the list
          </Button>
          <Button variant="subtle" className="push" onClick={showKeys}>
            Keys ({desk.keyOf('keys')})
          </Button>
          <Button variant="default" disabled={!desk.ready} onClick={() => setDeciding('dismiss')}>
            The return stands
          </Button>
          <Button disabled={!desk.ready} onClick={() => setDeciding('uphold')}>
            Uphold: the answer is accepted
          </Button>
        </>
      )}
      dialog={() =>
        deciding && (
          <WordsDialog
            title={deciding === 'uphold' ? 'Uphold this appeal' : 'The return stands'}
            hint={
              deciding === 'uphold'
                ? 'The answer is accepted as it was given. Its author and the reviewer read your words.'
                : 'The answer stays returned. Its author reads your words.'
            }
            label="Why?"
            action={deciding === 'uphold' ? 'Uphold' : 'Let it stand'}
            required
            words={words}
            setWords={setWords}
            send={async (reason) => {
              await decideAppeal(lab, project, id, deciding === 'uphold', reason);
              void client.invalidateQueries({ queryKey: ['lab', lab, project, 'appeals'] });
              close();
            }}
            close={() => setDeciding(null)}
          />
        )
      }
    />
  );
}

function taskOf({
  answers = {},
  sections = [],
  guidelineVersion = 0,
  formVersion = 0,
  ...item
}: AppealContent): Opened {
  return { ...item, answers, sections, guidelineVersion, formVersion };
}

/** Why the answer was returned and what that rests on, and why its author thinks that it should stand. */
function BothSides({ lab, project, appeal }: { lab: string; project: string; appeal: AppealContent }) {
  return (
    <>
      <Notice tone="attention" title="The reviewer returned it">
        <Quote text={appeal.returned ?? 'No words were given.'} />
        <RestsOn lab={lab} project={project} opened={appeal} />
      </Notice>
      <Notice title="The author says">
        <Quote text={appeal.words} />
      </Notice>
    </>
  );
}

function Quote({ text }: { text: string }) {
  return (
    <div className="plain" dir="auto">
      <Visible text={text} />
    </div>
  );
}
