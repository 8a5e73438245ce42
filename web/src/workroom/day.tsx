import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Appeal, AppealState, MyAnswer, Task } from '../api/types';
import { useLab } from '../session/membership';
import { DataTable } from '../ui/data-table';
import { duration, money } from '../ui/format';
import { Loading } from '../ui/loading';
import { ProblemNotice, State, type Tone } from '../ui/notice';
import { Page } from '../ui/page';
import { Time } from '../ui/time';
import { WordsDialog } from './dialogs';
import { Visible } from './invisible';
import { openAppeal, taskCalls, useAppeals, useMyDay, useWarnings, useWork } from './queries';
import { WarningChoice } from './warnings';
import { RestsOn } from './rests-on';
import styles from './workroom.module.css';

// Whether a single answer was reviewed, nobody is told.
const stateOf = ({ state }: MyAnswer): [Tone, string] =>
  state === 'returned' ? ['attention', 'returned'] : ['neutral', 'submitted'];

const appealWords: Record<AppealState, [Tone, string]> = {
  open: ['neutral', 'appeal open'],
  upheld: ['good', 'appeal upheld'],
  dismissed: ['attention', 'appeal not upheld'],
  overtaken: ['neutral', 'appeal overtaken by a new answer'],
};

/** A person's day in one project: figures, last answers, what came back and why, appeals. */
export default function Day() {
  const { project = '' } = useParams();
  const lab = useLab();
  const mine = useWork(lab).data?.projects.find(({ id }) => id === project);
  const day = useMyDay(lab, project);
  const appeals = useAppeals(lab, project);
  const known = day.data;
  return (
    <Page
      title={`Your day${mine ? `: ${mine.code}` : ''}`}
      aside={
        <Button component={Link} to={`/labs/${lab}/work/${project}`}>
          To work
        </Button>
      }
    >
      <Stack gap="md">
        <section className="panel" aria-label="Today">
          <dl className={styles.figures}>
            <Figure name="answered" value={String(known?.today.answered ?? mine?.mine.submittedToday ?? 0)} />
            <Figure name="accepted" value={String(known?.today.accepted ?? mine?.mine.acceptedToday ?? 0)} />
            <Figure name="returned" value={String(known?.today.returned ?? mine?.mine.returned ?? 0)} />
            {known && <Figure name="time counted" value={`${duration(known.today.seconds)} min`} />}
            {known?.today.earned?.map(({ amount, currency }) => (
              <Figure key={currency} name="earned, as accepted" value={money(amount, currency)} />
            ))}
            {known?.today.gold && (
              <Figure
                name="training items as expected"
                value={`${known.today.gold.right} of ${known.today.gold.of}`}
              />
            )}
          </dl>
        </section>
        {day.isPending && <Loading what="Looking for your answers" />}
        <ProblemNotice error={day.error} retry={() => void day.refetch()} />
        {known && (
          <section aria-labelledby="last">
            <Title order={2} id="last" mb="xs">
              Your last answers
            </Title>
            <LastAnswers
              lab={lab}
              project={project}
              answers={known.answers}
              appeals={appeals.data?.rows ?? []}
              changed={() => void appeals.refetch()}
            />
          </section>
        )}
        <Appeals lab={lab} project={project} appeals={appeals.data?.rows ?? []} />
        <ContentChoice lab={lab} project={project} />
      </Stack>
    </Page>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function LastAnswers({
  lab,
  project,
  answers,
  appeals,
  changed,
}: {
  lab: string;
  project: string;
  answers: MyAnswer[];
  appeals: Appeal[];
  changed: () => void;
}) {
  const calls = useMemo(() => taskCalls(lab, project), [lab, project]);
  const [appealing, setAppealing] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [reasons, setReasons] = useState<Record<string, Task>>({});
  const opening = useMutation({
    mutationFn: calls.open,
    onSuccess: (task) => setReasons((known) => ({ ...known, [task.slot]: task })),
  });
  if (answers.length === 0) return <Text c="dimmed">No answers yet.</Text>;
  return (
    <>
      <ProblemNotice error={opening.error} />
      <DataTable
        caption="Your last answers"
        id={({ slot }) => slot}
        rows={answers}
        columns={[
          { title: 'Submitted', value: (a) => a.submittedAt, show: (a) => <Time value={a.submittedAt} /> },
          { title: 'Batch', value: (a) => a.batchCode },
          {
            title: 'State',
            value: (a) => stateOf(a)[1],
            show: (a) => <State tone={stateOf(a)[0]}>{stateOf(a)[1]}</State>,
          },
          {
            title: 'Time',
            value: (a) => a.seconds ?? 0,
            show: (a) => duration(a.seconds ?? 0),
            numeric: true,
          },
          { title: 'Times returned', value: (a) => a.rounds, numeric: true },
          {
            title: 'Why, and what to do',
            value: (a) => reasons[a.slot]?.reason ?? '',
            show: (a) => {
              if (a.state !== 'returned') return null;
              const known = reasons[a.slot];
              const appeal = appeals.find(({ slot }) => slot === a.slot);
              return (
                <Stack gap={4}>
                  {known && (
                    <>
                      <div className="plain" dir="auto">
                        <Visible text={known.reason ?? 'No words were given.'} />
                      </div>
                      <RestsOn lab={lab} project={project} opened={known} />
                    </>
                  )}
                  <Group gap="xs">
                    {!known && (
                      <Button variant="default" size="compact-xs" onClick={() => opening.mutate(a.slot)}>
                        Show why
                      </Button>
                    )}
                    {appeal ? (
                      <State tone={appealWords[appeal.state][0]}>{appealWords[appeal.state][1]}</State>
                    ) : (
                      <Button variant="default" size="compact-xs" onClick={() => setAppealing(a.slot)}>
                        Appeal
                      </Button>
                    )}
                  </Group>
                </Stack>
              );
            },
          },
        ]}
      />
      {appealing && (
        <WordsDialog
          title="Appeal against this return"
          hint="Somebody decides who neither gave nor returned this answer. They read your answer, the reviewer's words and yours."
          label="Why was your answer right?"
          action="Appeal"
          required
          words={words}
          setWords={setWords}
          send={async (text) => {
            await calls.appeal(appealing, text);
            setWords('');
            changed();
          }}
          close={() => setAppealing(null)}
        />
      )}
    </>
  );
}

function Appeals({ lab, project, appeals }: { lab: string; project: string; appeals: Appeal[] }) {
  const [open, setOpen] = useState<string | null>(null);
  if (appeals.length === 0) return null;
  return (
    <section aria-labelledby="appeals">
      <Title order={2} id="appeals" mb="xs">
        Your appeals
      </Title>
      <Stack gap="xs">
        {appeals.map((appeal) => (
          <div key={appeal.id} className="panel">
            <Group gap="xs">
              <State tone={appealWords[appeal.state][0]}>{appealWords[appeal.state][1]}</State>
              <Text c="dimmed">
                made <Time value={appeal.madeAt} />
              </Text>
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => setOpen(open === appeal.id ? null : appeal.id)}
                aria-expanded={open === appeal.id}
              >
                Words
              </Button>
            </Group>
            {open === appeal.id && <AppealWords lab={lab} project={project} id={appeal.id} />}
          </div>
        ))}
      </Stack>
    </section>
  );
}

function AppealWords({ lab, project, id }: { lab: string; project: string; id: string }) {
  const opened = useQuery({
    queryKey: ['lab', lab, project, 'appeal', id],
    queryFn: () => openAppeal(lab, project, id),
    // Opening is a disclosure: once.
    staleTime: Infinity,
    gcTime: 0,
  });
  if (opened.error) return <ProblemNotice error={opened.error} retry={() => void opened.refetch()} />;
  if (!opened.data) return <Loading what="Opening the appeal" />;
  const { returned, words, decision } = opened.data;
  return (
    <dl className={styles.said}>
      {[
        ['The reviewer', returned],
        ['You', words],
        ['The decision', decision],
      ].map(
        ([who, text]) =>
          text && (
            <div key={who}>
              <dt>{who}</dt>
              <dd className="plain" dir="auto">
                <Visible text={text} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The choice about content that may weigh on somebody; it can be made anew at any time. */
function ContentChoice({ lab, project }: { lab: string; project: string }) {
  const [open, setOpen] = useState(false);
  const warnings = useWarnings(lab, project, open);
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Content that you would rather not meet</summary>
      {open && warnings.isPending && <Loading what="Looking what this work may contain" />}
      <ProblemNotice error={warnings.error} retry={() => void warnings.refetch()} />
      {warnings.data?.warnings.length === 0 && <Text mt="xs">The lab warns of nothing in this project.</Text>}
      {warnings.data && warnings.data.warnings.length > 0 && (
        <WarningChoice lab={lab} project={project} warnings={warnings.data} />
      )}
    </details>
  );
}
