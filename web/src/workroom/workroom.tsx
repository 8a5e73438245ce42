import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem, hasCode, hasStatus } from '../api/problem';
import type { Task } from '../api/types';
import { useHere } from '../session/membership';
import { duration } from '../ui/format';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { useNow } from '../ui/time';
import { useActiveTime, type ActiveTime } from './active-time';
import { Briefing } from './briefing';
import type { KeptDraft } from './draft-keeper';
import { Visible } from './invisible';
import type { OutboxState, Submission } from './outbox';
import { Elsewhere, Failed, NothingNow, Paused, Stopped } from './pages';
import { taskCalls, useWarnings, useWork } from './queries';
import { RoomHead } from './room-head';
import { Shift } from './shift';
import { StatusLine } from './status-line';
import { SuspendedPage } from './suspended';
import { useTold } from './use-told';
import { TaskDesk } from './task-desk';
import { TrainingFeedback, type Feedback } from './task-notices';
import { useKept } from './use-kept';
import { useOutbox } from './use-outbox';
import { WarningPage } from './warnings';

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
  const [feedback, setFeedback] = useState<Feedback | null>(null);
  /** What was asked in tasks whose answers are on their way: training results are told in its words. */
  const sentOff = useRef(new Map<string, Pick<Feedback, 'questions' | 'item'>>());
  const { outbox, state: sending } = useOutbox(lab, kept, suspend, (slot, { gold }) => {
    const of = sentOff.current.get(slot);
    sentOff.current.delete(slot);
    if (gold && of) setFeedback({ slot, gold, ...of });
  });
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

  // Nothing is opened before the person knows what they may meet, and has chosen.
  const warnings = useWarnings(lab, project);
  const cleared = warnings.data
    ? warnings.data.warnings.length === 0 || warnings.data.accepted !== null
    : hasStatus(warnings.error, 404);

  useEffect(() => {
    if (!outbox || !cleared) return;
    const begun = async () => {
      const drafts = (await kept.store?.list<KeptDraft>('draft').catch(() => [])) ?? [];
      return new Set(drafts.map((draft) => draft.slot));
    };
    const started = new Shift(calls, () => outbox.slots, begun);
    setShift(started);
    void started.start();
    return () => started.end();
  }, [calls, outbox, kept, cleared]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (time.isActive(Date.now())) void shift?.renew(Date.now());
    }, 5_000);
    return () => clearInterval(timer);
  }, [shift, time]);

  const suspended = useTold(lab, project) ?? today.suspended;
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

  const submit = async (
    answer: Omit<Submission, 'submission' | 'seconds' | 'project'>,
    of: Pick<Feedback, 'questions' | 'item'>,
  ) => {
    sentOff.current.set(answer.slot, of);
    await outbox?.add({ submission: crypto.randomUUID(), project, seconds: time.seconds, ...answer });
    // With the task, not before it: the number above a task is that task's.
    today.count();
    await shift?.advance();
  };

  const rest = {
    lab,
    project,
    done: today.done,
    again: () => void shift?.start(),
    sending: sending.sending,
  };
  if (!cleared && state.phase !== 'suspended') {
    if (hasCode(warnings.error, 'suspended')) return <SuspendedPage problem={warnings.error} place="work" />;
    if (warnings.data)
      return <WarningPage lab={lab} project={project} code={today.code} warnings={warnings.data} />;
    if (warnings.error)
      return (
        <Failed error={warnings.error} again={() => void warnings.refetch()} sending={sending.sending} />
      );
    return <Loading what="Opening your next task" />;
  }
  switch (state.phase) {
    case 'opening':
      return <Loading what="Opening your next task" />;
    case 'failed':
      return <Failed error={state.error} again={() => void shift?.retry()} sending={sending.sending} />;
    case 'suspended':
      return <SuspendedPage problem={state.problem} place="work" />;
    case 'elsewhere':
      return <Elsewhere takeOver={() => void shift?.start(true)} lab={lab} />;
    case 'unread':
      return (
        <Briefing
          lab={lab}
          project={project}
          code={today.code}
          version={state.version}
          start={() => void shift?.start()}
        />
      );
    case 'empty':
      return <NothingNow {...rest} />;
    case 'stopped':
      return <Stopped problem={state.problem} {...rest} />;
    case 'working':
      if (paused) return <Paused resume={() => void lastSave.current.then(() => setPaused(false))} />;
      return (
        <>
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
                facts={[
                  today.code,
                  <span key="batch" className="only-wide">
                    batch {state.task.batchCode}
                  </span>,
                  <Counted key="time" time={time} />,
                  <Link key="day" to={`/labs/${lab}/work/${project}/day`}>
                    your day
                  </Link>,
                ]}
              />
            }
            beside={feedback && <TrainingFeedback feedback={feedback} dismiss={() => setFeedback(null)} />}
            pause={() => setPaused(true)}
            status={(save) => <StatusLine save={save} outbox={sending} />}
            submit={(answer, questions) => void submit(answer, { questions, item: state.task })}
            skipped={() => void shift?.advance()}
            openReturned={(returned) => void shift?.openReturned(returned)}
            suspended={suspend}
            closing={closing}
          />
          {sending.refused.map((refused) => (
            <Refused
              key={refused.submission.submission}
              {...refused}
              dismiss={() => void outbox?.dismiss(refused.submission)}
            />
          ))}
        </>
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

/** An answer that the server did not take: why, and its words, until the person lets go of them. */
function Refused({ submission, error, dismiss }: OutboxState['refused'][number] & { dismiss: () => void }) {
  return (
    <div className="page">
      <ProblemNotice
        error={error}
        safe="One of your answers was not accepted. It is kept in this browser until you dismiss it."
      />
      {Object.entries(submission.answers).map(
        ([key, { text }]) =>
          text && (
            <blockquote key={key} className="plain" dir="auto">
              <Visible text={text} />
            </blockquote>
          ),
      )}
      <Button variant="default" mt="xs" onClick={dismiss}>
        Dismiss
      </Button>
    </div>
  );
}
