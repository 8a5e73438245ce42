import { Button, Group, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem } from '../api/problem';
import type { Task } from '../api/types';
import { useHere } from '../session/membership';
import { counted, duration } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { useNow } from '../ui/time';
import { useActiveTime, type ActiveTime } from './active-time';
import type { KeptDraft } from './draft-keeper';
import { Sections } from './guidelines-pane';
import type { Submission } from './outbox';
import { useReadVersion } from './preferences';
import { taskCalls, useWork } from './queries';
import { Shift } from './shift';
import { StatusLine } from './status-line';
import { SuspendedPage } from './suspended';
import { RoomHead, TaskDesk } from './task-desk';
import { useKept } from './use-kept';
import { useOutbox } from './use-outbox';

const opening = { phase: 'opening' } as const;
const never = () => () => {};

/** The page an expert works in. */
export default function Workroom() {
  const { project = '' } = useParams();
  const { membership } = useHere();
  const lab = membership.slug;
  const calls = useMemo(() => taskCalls(lab, project), [lab, project]);
  const kept = useKept(membership.pseudonym);
  const [shift, setShift] = useState<Shift | null>(null);
  const suspend = useCallback(
    (error: unknown) => error instanceof ApiProblem && shift?.suspend(error),
    [shift],
  );
  const { outbox, state: sending } = useOutbox(lab, kept, suspend);
  const state = useSyncExternalStore(shift?.subscribe ?? never, shift?.snapshot ?? (() => opening));
  const [paused, setPaused] = useState(false);
  const time = useActiveTime(paused || state.phase !== 'working');
  const today = useToday(lab, project);
  const lastSave = useRef<Promise<void>>(Promise.resolve());
  const closing = useCallback(
    (slot: string, saved: Promise<NonNullable<Task['draft']>>) => {
      lastSave.current = saved.then((draft) => shift?.remember(slot, draft));
    },
    [shift],
  );

  useEffect(() => {
    if (!outbox) return;
    const begun = async () => {
      const drafts = (await kept.store?.list<KeptDraft>('draft').catch(() => [])) ?? [];
      return new Set(drafts.map((draft) => draft.slot));
    };
    const started = new Shift(calls, () => outbox.slots, begun);
    setShift(started);
    void started.start();
    return () => started.end();
  }, [calls, outbox, kept]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (time.isActive(Date.now())) void shift?.renew(Date.now());
    }, 5_000);
    return () => clearInterval(timer);
  }, [shift, time]);

  const { suspended } = today;
  useEffect(() => {
    if (suspended) suspend(new ApiProblem(423, { code: 'suspended', reason: suspended }));
  }, [suspended, suspend]);

  const { returned } = today;
  useEffect(() => {
    if (returned > 0) void shift?.lookForReturned();
  }, [returned, shift]);

  const stopped = state.phase === 'suspended';
  useEffect(() => {
    // What was being typed goes to the lab first, sealed; then this browser forgets it.
    if (stopped) void lastSave.current.then(() => kept.store?.erase());
  }, [stopped, kept]);

  const slot = state.phase === 'working' ? state.task.slot : null;
  useEffect(() => time.restart(Date.now()), [slot, time]);

  const submit = async (answer: Omit<Submission, 'submission' | 'seconds' | 'project'>) => {
    await outbox?.add({ submission: crypto.randomUUID(), project, seconds: time.seconds, ...answer });
    // With the task, not before it: the number above a task is that task's.
    today.count();
    await shift?.advance();
  };

  switch (state.phase) {
    case 'opening':
      return <Loading what="Opening your next task" />;
    case 'failed':
      return <Failed error={state.error} again={() => void shift?.start()} sending={sending.sending} />;
    case 'suspended':
      return <SuspendedPage problem={state.problem} place="work" />;
    case 'elsewhere':
      return <Elsewhere takeOver={() => void shift?.start(true)} lab={lab} />;
    case 'empty':
      return (
        <NothingNow lab={lab} done={today.done} again={() => void shift?.start()} sending={sending.sending} />
      );
    case 'working':
      if (paused) return <Paused resume={() => void lastSave.current.then(() => setPaused(false))} />;
      return (
        <Briefed task={state.task} code={today.code}>
          <TaskDesk
            key={state.task.slot}
            lab={lab}
            project={project}
            task={state.task}
            calls={calls}
            kept={kept.store}
            returned={state.held}
            head={
              <RoomHead
                title={`Task ${today.done + 1} of today`}
                facts={[today.code, `batch ${state.task.batchCode}`, <Counted key="time" time={time} />]}
              />
            }
            pause={() => setPaused(true)}
            status={(save) => <StatusLine save={save} outbox={sending} />}
            submit={(answer) => void submit(answer)}
            skipped={() => void shift?.advance()}
            openReturned={(returned) => void shift?.openReturned(returned)}
            suspended={suspend}
            closing={closing}
          />
          {sending.refused.map(({ submission, error }) => (
            <div key={submission.submission} className="page">
              <ProblemNotice
                error={error}
                safe="One of your answers was not accepted. It is kept in this browser until you dismiss it."
              />
              {Object.entries(submission.answers).map(
                ([key, { text }]) =>
                  text && (
                    <blockquote key={key} className="plain" dir="auto">
                      {text}
                    </blockquote>
                  ),
              )}
              <Button variant="default" mt="xs" onClick={() => void outbox?.dismiss(submission)}>
                Dismiss
              </Button>
            </div>
          ))}
        </Briefed>
      );
  }
}

/** The day's count in this project: what the server knew at first, and what was finished on this page since. */
function useToday(lab: string, project: string) {
  const work = useWork(lab);
  const [here, setHere] = useState(0);
  const before = useRef<number>(null);
  const mine = work.data?.projects.find((p) => p.id === project);
  if (mine) before.current ??= mine.mine.submittedToday;
  return {
    done: (before.current ?? 0) + here,
    code: mine?.code ?? '',
    suspended: mine?.suspended ?? null,
    returned: mine?.mine.returned ?? 0,
    count: () => setHere((n) => n + 1),
  };
}

function Counted({ time }: { time: ActiveTime }) {
  useNow(1_000);
  return <>time {duration(time.seconds)}</>;
}

/** Before the first task under new guidelines, the person reads them; the task is there, but not counted yet. */
function Briefed({ task, code, children }: { task: Task; code: string; children: React.ReactNode }) {
  const read = useReadVersion(task.project);
  if (read.version >= task.guidelineVersion) return children;
  return (
    <Page title={`Before you start: ${code}`}>
      <Stack gap="md" maw="46rem">
        <Notice
          tone="neutral"
          title={
            read.version === 0
              ? `Guidelines, version ${task.guidelineVersion}`
              : `The guidelines changed: version ${task.guidelineVersion}, you last read version ${read.version}`
          }
        >
          Please read these sections. They stay beside every task. What you open here is recorded by name of
          record and time; the time you work is counted while you are active on a task.
        </Notice>
        <div className="panel">
          <Sections sections={task.sections} level={2} />
          {task.sections.length === 0 && <Text c="dimmed">There are no guidelines for this task.</Text>}
        </div>
        <Group>
          <Button onClick={() => read.setVersion(task.guidelineVersion)}>I have read them: start</Button>
        </Group>
      </Stack>
    </Page>
  );
}

function Elsewhere({ takeOver, lab }: { takeOver: () => void; lab: string }) {
  return (
    <Page title="Your task is open in another tab" narrow>
      <Text>Go on there, or bring it here. What you typed there is saved and comes along.</Text>
      <Group mt="md">
        <Button onClick={takeOver}>Work here instead</Button>
        <Button variant="default" component={Link} to={`/labs/${lab}/work`}>
          Your projects
        </Button>
      </Group>
    </Page>
  );
}

/** No task could be opened. When the line is back, it is tried again by itself. */
function Failed({ error, again, sending }: { error: unknown; again: () => void; sending: number }) {
  const retry = useRef(again);
  useEffect(() => {
    retry.current = again;
  });
  useEffect(() => {
    const back = () => retry.current();
    addEventListener('online', back);
    return () => removeEventListener('online', back);
  }, []);
  return (
    <Page title="The task could not be opened" narrow>
      <ProblemNotice
        error={error}
        retry={again}
        safe={
          sending > 0
            ? `${counted(sending, 'answer')} waiting to be sent: kept encrypted in this browser, sent when the line is back.`
            : undefined
        }
      />
    </Page>
  );
}

function NothingNow({
  lab,
  done,
  again,
  sending,
}: {
  lab: string;
  done: number;
  again: () => void;
  sending: number;
}) {
  return (
    <Page title="No task for you right now" narrow>
      <Text>
        You finished {done} today in this project. Every open task is taken, or you have already had its item.
        {sending > 0 && ' Your last answer is still being sent: keep this page open.'}
      </Text>
      <Group mt="md">
        <Button onClick={again}>Look again</Button>
        <Button variant="default" component={Link} to={`/labs/${lab}/work`}>
          Your projects
        </Button>
      </Group>
    </Page>
  );
}

function Paused({ resume }: { resume: () => void }) {
  return (
    <Page title="Paused" narrow>
      <Text>
        Time is not counted and the task is out of sight. Your draft is saved; your lease runs on a while.
      </Text>
      <Button mt="md" onClick={resume} autoFocus>
        Resume
      </Button>
    </Page>
  );
}
