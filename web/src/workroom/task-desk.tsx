import { Button, Group, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { hasCode, hasStatus } from '../api/problem';
import type { Answers, Question, QuestionAnswer, Task, TaskRow } from '../api/types';
import { sessionKey } from '../session/session';
import { counted } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { missing, pointsOf } from './answers';
import { DraftKeeper, type KeptDraft, type SaveState } from './draft-keeper';
import { KeysDialog, WordsDialog, type KeyHelp } from './dialogs';
import { GuidelinesPane } from './guidelines-pane';
import { ItemPane } from './item-pane';
import type { Kept } from './kept';
import { useKeys, type KeyMap } from './keys';
import type { Submission } from './outbox';
import { usePreferences } from './preferences';
import { QuestionPane } from './question-pane';
import { useForm, type TaskCalls } from './queries';
import styles from './workroom.module.css';

const keyHelp: KeyHelp = [
  ['1 2 3 …', 'Choose a point of the scale, from A to B'],
  ['w', 'Write: to the text field'],
  ['Esc', 'Out of the text field, back to the keys'],
  ['d', 'Show differences between the responses'],
  ['f', 'Show texts formatted, or as they are'],
  ['s', 'Skip this task'],
  ['r', 'Report a problem with this item'],
  ['Ctrl+Enter', 'Submit; the next task opens'],
  ['?', 'This list'],
];

/** One task in front of a person: item, questions, guidelines, and the answer under way. */
export function TaskDesk({
  lab,
  project,
  task,
  calls,
  kept,
  returned,
  head,
  pause,
  status,
  submit,
  skipped,
  openReturned,
  suspended,
  closing,
}: {
  lab: string;
  project: string;
  task: Task;
  calls: TaskCalls;
  kept: Kept | null;
  returned: TaskRow[];
  head: ReactNode;
  pause: () => void;
  status: (save: SaveState) => ReactNode;
  submit: (answer: Omit<Submission, 'submission' | 'seconds' | 'project'>) => void;
  skipped: () => void;
  openReturned: (slot: string) => void;
  suspended: (error: unknown) => void;
  /** Told when this task leaves the front: what its draft is once the last save has ended. */
  closing: (slot: string, saved: Promise<NonNullable<Task['draft']>>) => void;
}) {
  const { slot } = task;
  const form = useForm(lab, project, task.formVersion);
  const preferences = usePreferences();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>(task.draft?.answers ?? {});
  const [save, setSave] = useState<SaveState>({ kind: 'untouched' });
  const [left, setLeft] = useState<string[]>([]);
  const [theirs, setTheirs] = useState<{ version: number; answers: Answers } | null>(null);
  const [differences, setDifferences] = useState(false);
  const [dialog, setDialog] = useState<'skip' | 'report' | 'keys' | null>(null);
  const [words, setWords] = useState({ skip: '', report: '' });
  const [reported, setReported] = useState(false);
  const keeper = useRef<DraftKeeper | null>(null);
  const prompt = useRef<HTMLElement>(null);
  const ports = useRef({ suspended, closing });
  const latest = useRef(answers);
  const sent = useRef(false);
  useEffect(() => {
    ports.current = { suspended, closing };
    latest.current = answers;
  });

  useEffect(() => {
    const version = task.draft?.version ?? 0;
    const mine = new DraftKeeper(version, {
      save: (draft, follows) => calls.saveDraft(slot, draft, follows),
      keep: async (draft, follows) => {
        const row: KeptDraft = { slot, project, version: follows, answers: draft };
        try {
          await kept?.put('draft', slot, row);
          return kept !== null;
        } catch {
          return false;
        }
      },
      forget: async () => {
        try {
          await kept?.remove('draft', slot);
        } catch {
          // Erased meanwhile, with everything else.
        }
      },
      changed: (state) => {
        setSave(state);
        if (state.kind === 'conflict') void fetchTheirs();
        if (state.kind !== 'refused') return;
        if (hasCode(state.error, 'suspended')) ports.current.suspended(state.error);
        if (hasStatus(state.error, 401)) void client.invalidateQueries({ queryKey: sessionKey });
      },
    });
    const fetchTheirs = async () => {
      try {
        const fresh = await calls.open(slot);
        setTheirs(fresh.draft ?? { version: 0, answers: {} });
      } catch (error) {
        setSave({ kind: 'refused', error });
      }
    };
    const recover = async () => {
      // Typed earlier in this browser and never sent.
      const found = await kept?.get<KeptDraft>('draft', slot);
      if (!found || keeper.current !== mine) return;
      setAnswers(found.answers);
      mine.settle(found.version, found.answers);
    };
    keeper.current = mine;
    void recover();
    return () => {
      const typed = latest.current;
      const saved = mine.close().then(() => ({ version: mine.head, answers: typed }));
      ports.current.closing(slot, saved);
    };
    // A desk lives for one slot: its parent keys it so.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [slot]);

  // The hand is on the keyboard: focus goes to the prompt, so that arrows scroll it and the task is announced.
  useEffect(() => {
    document.documentElement.scrollTop = 0;
    prompt.current?.focus({ preventScroll: true });
  }, [slot]);

  const change = (key: string, answer: QuestionAnswer) => {
    const next = { ...answers, [key]: answer };
    setAnswers(next);
    setLeft((keys) => keys.filter((k) => k !== key));
    keeper.current?.edit(next);
  };

  const send = () => {
    // A key held down or a second click comes while the next task is on its way: one task, one answer.
    if (!form.data || save.kind === 'conflict' || sent.current) return;
    const open = missing(form.data.questions, answers);
    setLeft(open);
    if (open.length > 0) return focusQuestion(open[0]!);
    sent.current = true;
    const draftVersion = keeper.current?.head ?? 0;
    keeper.current?.stop();
    submit({ slot, answers, draftVersion });
  };

  const settle = (mine: boolean) => {
    if (!theirs) return;
    if (!mine) setAnswers(theirs.answers);
    keeper.current?.settle(theirs.version, mine ? answers : null);
    setTheirs(null);
  };

  const text = form.data?.questions.find((question) => question.type === 'text');
  useKeys(
    {
      ...scaleKeys(form.data?.questions, change),
      w: text && (() => focusQuestion(text.key)),
      submit: send,
      d: () => setDifferences((on) => !on),
      f: () => preferences.setRendering(preferences.rendering === 'text' ? 'markdown' : 'text'),
      s: () => setDialog('skip'),
      r: () => setDialog('report'),
      '?': () => setDialog('keys'),
    },
    preferences.singleKeys,
  );

  return (
    <div className={`${styles.room} fills`}>
      <div className={styles.head}>
        {head}
        <Group gap="xs" className="push">
          {returned.length > 0 && (
            <Button variant="default" onClick={() => openReturned(returned[0]!.slot)}>
              {counted(returned.length, 'task')} returned to you
            </Button>
          )}
          <Button variant="subtle" onClick={pause}>
            Pause
          </Button>
          <Button variant="subtle" onClick={() => setDialog('keys')}>
            Keys (?)
          </Button>
        </Group>
        {task.state === 'returned' && <Returned reason={task.reason} />}
        {theirs && <Conflict theirs={theirs} settle={settle} />}
        {save.kind === 'refused' && (
          <ProblemNotice error={save.error} safe="What you typed stays on this page and in this browser." />
        )}
        {reported && (
          <Notice tone="good" title="Your report is with the lab" live>
            You can go on with this task or skip it.
          </Notice>
        )}
      </div>
      <div className={styles.reading}>
        <ItemPane
          item={task}
          label="Item"
          rendering={preferences.rendering}
          setRendering={preferences.setRendering}
          differences={differences}
          setDifferences={setDifferences}
          focus={prompt}
        />
        <GuidelinesPane sections={task.sections} version={task.guidelineVersion} />
      </div>
      {form.data ? (
        <QuestionPane
          questions={form.data.questions}
          answers={answers}
          change={change}
          missing={left}
          leave={() => prompt.current?.focus({ preventScroll: true })}
        />
      ) : form.error ? (
        <ProblemNotice error={form.error} retry={() => void form.refetch()} />
      ) : (
        <Loading what="Opening the questions" />
      )}
      <div className={styles.foot}>
        <Button variant="default" onClick={() => setDialog('skip')}>
          Skip (s)
        </Button>
        <Button variant="default" onClick={() => setDialog('report')}>
          Report (r)
        </Button>
        <span className={styles.status}>{status(save)}</span>
        <Button className="push" onClick={send} disabled={!form.data}>
          Submit (Ctrl+Enter)
        </Button>
      </div>
      {dialog === 'skip' && (
        <WordsDialog
          title="Skip this task"
          hint="It goes to somebody else. You will not get this item again."
          label="Why? (optional; the lab reads it)"
          action="Skip"
          required={false}
          words={words.skip}
          setWords={(skip) => setWords({ ...words, skip })}
          send={async (reason) => {
            await calls.skip(slot, reason || undefined);
            keeper.current?.stop();
            await kept?.remove('draft', slot);
            skipped();
          }}
          close={() => setDialog(null)}
        />
      )}
      {dialog === 'report' && (
        <WordsDialog
          title="Report a problem with this item"
          hint="For example: broken text, personal data, something that should not be shown to anybody."
          label="What is wrong?"
          action="Send report"
          required
          words={words.report}
          setWords={(report) => setWords({ ...words, report })}
          send={async (text) => {
            await calls.report(slot, text);
            setWords({ ...words, report: '' });
            setReported(true);
          }}
          close={() => setDialog(null)}
        />
      )}
      {dialog === 'keys' && (
        <KeysDialog
          keys={keyHelp}
          single={preferences.singleKeys}
          setSingle={preferences.setSingleKeys}
          close={() => setDialog(null)}
        />
      )}
    </div>
  );
}

function scaleKeys(
  questions: readonly Question[] | undefined,
  change: (key: string, answer: QuestionAnswer) => void,
): KeyMap {
  const scale = questions?.find((question) => question.type === 'pairwise');
  if (!scale) return {};
  return Object.fromEntries(
    pointsOf(scale).map((point, index) => [
      String(index + 1),
      () => {
        change(scale.key, { choice: point.choice });
        // A focus on another point of the scale would point at what is not chosen.
        const radios = document.activeElement?.closest('[data-question]')?.querySelectorAll('input');
        if (document.activeElement instanceof HTMLInputElement) radios?.[index]?.focus();
      },
    ]),
  );
}

function focusQuestion(key: string) {
  const question = [...document.querySelectorAll<HTMLElement>('[data-question]')].find(
    (element) => element.dataset.question === key,
  );
  const control = question?.matches('textarea') ? question : question?.querySelector('input');
  (control as HTMLElement | null | undefined)?.focus();
  // A fresh field has its caret before what was written earlier; one goes on after it.
  if (control instanceof HTMLTextAreaElement && control.selectionEnd === 0) {
    control.setSelectionRange(control.value.length, control.value.length);
  }
}

function Returned({ reason }: { reason?: string | null }) {
  return (
    <Notice tone="attention" title="Returned by the reviewer">
      <div className="plain" dir="auto">
        {reason ?? 'No words were given.'}
      </div>
    </Notice>
  );
}

function Conflict({
  theirs,
  settle,
}: {
  theirs: { version: number; answers: Answers };
  settle: (mine: boolean) => void;
}) {
  const texts = Object.values(theirs.answers).flatMap((answer) => (answer.text ? [answer.text] : []));
  return (
    <Notice tone="attention" title="This draft was changed in another tab or on another device" live>
      <Text component="p" my={4}>
        Saving waits for your word. {texts.length > 0 ? 'There it says:' : 'There it has no text.'}
      </Text>
      {texts.map((text, index) => (
        <blockquote key={index} className="plain" dir="auto">
          {text}
        </blockquote>
      ))}
      <Group gap="xs" mt="xs">
        <Button onClick={() => settle(true)}>Keep what is on this page</Button>
        <Button variant="default" onClick={() => settle(false)}>
          Take the other
        </Button>
      </Group>
    </Notice>
  );
}

export function RoomHead({ title, facts }: { title: string; facts: ReactNode[] }) {
  return (
    <>
      <title>{`${title} · Cofferdam`}</title>
      <Title order={1} size="h3">
        {title}
      </Title>
      <div className={styles.facts}>
        {facts.map((fact, index) => (
          <span key={index}>{fact}</span>
        ))}
      </div>
    </>
  );
}
