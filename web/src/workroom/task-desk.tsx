import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Question, QuestionAnswer, Task, TaskRow } from '../api/types';
import { counted } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { asked, faults, forSubmit, originOf, standing } from './answers';
import { KeyHint } from './key-hint';
import { keyMap, useBindings, workActions } from './bindings';
import type { SaveState } from './draft-keeper';
import { GuidelinesPane } from './guidelines-pane';
import { MarkUnseen } from './invisible';
import { ItemPane } from './item-pane';
import type { Kept } from './kept';
import { useKeys } from './keys';
import type { Submission } from './outbox';
import { usePreferences } from './preferences';
import { pictureOf, useForm, type TaskCalls } from './queries';
import { focusQuestion, focusSearch, focusText, questionKeys, stepQuestion } from './question-keys';
import { QuestionPane } from './question-pane';
import { Marking, MarkingContext } from './spans/marking';
import { TaskDialogs, type DialogName } from './task-dialogs';
import { Conflict, Returned, suggestionWords } from './task-notices';
import { useAnswers } from './use-answers';
import styles from './workroom.module.css';

const LOOK_FIRST = 'An answer is suggested here: look at it, then submit again.';
const none: Question[] = [];

/** One task in front of a person: item, questions, guidelines, and the answer under way. */
export function TaskDesk({
  lab,
  project,
  task,
  calls,
  kept,
  returned,
  head,
  beside,
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
  /** What stands above the guidelines. */
  beside?: ReactNode;
  pause: () => void;
  status: (save: SaveState) => ReactNode;
  submit: (
    answer: Omit<Submission, 'submission' | 'seconds' | 'project'>,
    questions: readonly Question[],
  ) => void;
  skipped: () => void;
  openReturned: (slot: string) => void;
  suspended: (error: unknown) => void;
  closing: (slot: string, saved: Promise<NonNullable<Task['draft']>>) => void;
}) {
  const { slot } = task;
  const form = useForm(lab, project, task.formVersion);
  const questions = form.data?.questions ?? none;
  const preferences = usePreferences();
  const bindings = useBindings('work', workActions);
  const marking = useMemo(() => new Marking(), []);
  const { answers, save, theirs, change, end, settle } = useAnswers({
    project,
    task,
    calls,
    kept,
    suspended,
    closing,
  });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [differences, setDifferences] = useState(false);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [reported, setReported] = useState(false);
  const [appealed, setAppealed] = useState(false);
  const first = useRef<HTMLElement>(null);
  const seen = useRef(new Set<string>());
  const sent = useRef(false);
  const all = standing(answers, task.prelabels);
  const suggested = asked(questions, all).filter(
    ({ key }) => originOf(key, answers, task.prelabels) === 'suggested',
  );
  const leave = () => first.current?.focus({ preventScroll: true });

  // The hand is on the keyboard: focus goes to the item, so that arrows scroll it and the task is announced.
  useEffect(() => {
    document.documentElement.scrollTop = 0;
    first.current?.focus({ preventScroll: true });
  }, [slot]);

  const answer = (key: string, answer: QuestionAnswer) => {
    setWrong(({ [key]: _, ...others }) => others);
    change(key, answer);
  };

  const send = () => {
    // A key held down or a second click comes while the next task is on its way: one task, one answer.
    if (!form.data || save.kind === 'conflict' || sent.current) return;
    const found: Record<string, string> = faults(questions, all);
    // A suggestion becomes an answer only under the eyes of whoever submits it.
    for (const { key } of suggested) if (!seen.current.has(key)) found[key] ??= LOOK_FIRST;
    setWrong(found);
    const open = questions.find(({ key }) => key in found);
    if (open) return focusQuestion(open.key);
    sent.current = true;
    submit({ slot, answers: forSubmit(questions, all), draftVersion: end() }, questions);
  };

  const firstText = asked(questions, all).find(({ type }) => type === 'text');
  const acts = keyMap(bindings, {
    next: () => stepQuestion(1),
    previous: () => stepQuestion(-1),
    write: firstText && (() => focusQuestion(firstText.key)),
    search: focusSearch,
    text: focusText,
    submit: send,
    differences: () => setDifferences((on) => !on),
    formatted: () => preferences.setRendering(preferences.rendering === 'text' ? 'markdown' : 'text'),
    invisible: () => preferences.setUnseen(!preferences.unseen),
    skip: () => setDialog('skip'),
    report: () => setDialog('report'),
    ask: () => setDialog('ask'),
    keys: () => setDialog('keys'),
  });
  const ofQuestions = questionKeys(asked(questions, all), all, answer, task, marking);
  useKeys((key) => ofQuestions(key) ?? acts[key], preferences.singleKeys);

  return (
    <MarkUnseen value={preferences.unseen}>
      <MarkingContext value={marking}>
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
                Keys<KeyHint>{bindings.keyOf('keys')}</KeyHint>
              </Button>
            </Group>
            {task.state === 'returned' && (
              <Returned
                lab={lab}
                project={project}
                task={task}
                appealed={appealed}
                appeal={() => setDialog('appeal')}
              />
            )}
            {theirs && <Conflict theirs={theirs} questions={questions} item={task} settle={settle} />}
            {save.kind === 'refused' && (
              <ProblemNotice
                error={save.error}
                safe="What you typed stays on this page and in this browser."
              />
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
              preferences={preferences}
              bindings={bindings}
              differences={differences}
              setDifferences={setDifferences}
              focus={first}
              marking={{ questions: asked(questions, all), answers, change: answer }}
              picture={pictureOf(lab, project, slot)}
            />
            <GuidelinesPane
              sections={task.sections}
              version={task.guidelineVersion}
              ask={{ open: () => setDialog('ask'), key: bindings.keyOf('ask') }}
            >
              {beside}
            </GuidelinesPane>
          </div>
          <Questions form={form}>
            <QuestionPane
              questions={questions}
              answers={answers}
              item={task}
              change={answer}
              faults={wrong}
              seen={(key) => seen.current.add(key)}
              leave={leave}
              letter={bindings.keyOf('write')}
              searchKey={bindings.keyOf('search')}
            />
          </Questions>
          <div className={styles.foot}>
            <Button variant="default" onClick={() => setDialog('skip')}>
              Skip<KeyHint>{bindings.keyOf('skip')}</KeyHint>
            </Button>
            <Button variant="default" onClick={() => setDialog('report')}>
              Report<KeyHint>{bindings.keyOf('report')}</KeyHint>
            </Button>
            <span className={styles.status}>{status(save)}</span>
            <span className={`${styles.status} push`}>{suggestionWords(suggested.length)}</span>
            <Button onClick={send} disabled={!form.data}>
              Submit<KeyHint>{bindings.keyOf('submit')}</KeyHint>
            </Button>
          </div>
          <TaskDialogs
            name={dialog}
            close={() => setDialog(null)}
            lab={lab}
            project={project}
            slot={slot}
            calls={calls}
            questions={asked(questions, all)}
            item={task}
            bindings={bindings}
            preferences={preferences}
            reported={() => setReported(true)}
            appealed={() => setAppealed(true)}
            skipped={async () => {
              end();
              await kept?.remove('draft', slot);
              skipped();
            }}
          />
        </div>
      </MarkingContext>
    </MarkUnseen>
  );
}

function Questions({
  form,
  children,
}: {
  form: { data?: unknown; error: unknown; refetch: () => unknown };
  children: ReactNode;
}) {
  if (form.data) return children;
  if (form.error) return <ProblemNotice error={form.error} retry={() => void form.refetch()} />;
  return <Loading what="Opening the questions" />;
}
