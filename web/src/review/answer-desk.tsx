import { lazy, Suspense, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Answers, ItemContent, Question, Section } from '../api/types';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { faults, forSubmit } from '../workroom/answers';
import { keyMap, useBindings, reviewActions, type Action } from '../workroom/bindings';
import { GuidelinesPane } from '../workroom/guidelines-pane';
import { MarkUnseen } from '../workroom/invisible';
import { ItemPane } from '../workroom/item-pane';
import { useKeys } from '../workroom/keys';
import { usePreferences } from '../workroom/preferences';
import { useForm } from '../workroom/queries';
import { focusQuestion, focusText, formKeys, questionKeys } from '../workroom/question-keys';
import { QuestionPane } from '../workroom/question-pane';
import { Marking, MarkingContext } from '../workroom/spans/marking';
import styles from '../workroom/workroom.module.css';

const KeysDialog = lazy(() => import('../workroom/keys-dialog'));

const none: Question[] = [];
const reviewKeys = { room: 'review', actions: reviewActions };

/** Somebody's answer, opened to judge it. */
export interface Opened extends ItemContent {
  answers: Answers;
  sections: Section[];
  guidelineVersion: number;
  formVersion: number;
}

/** What the feet and dialogs of a desk are given to work with. */
export interface Desk {
  questions: readonly Question[];
  /** The answer can be seen, and so be judged. */
  ready: boolean;
  keyOf(action: string): string;
  /** The answer with what the judge changed in it; null while nothing is being corrected. */
  correction: Answers | null;
  correct(on: boolean): void;
  /** The correction as it is sent; null where something in it is wrong, which is then shown. */
  corrected(): Answers | null;
}

/** An answer with its item and guidelines, read-only or being corrected; what can be decided stands at its foot. */
export function AnswerDesk({
  lab,
  project,
  opened,
  picture,
  head,
  acts,
  busy,
  above,
  foot,
  dialog,
  keys = reviewKeys,
}: {
  lab: string;
  project: string;
  opened: Opened;
  picture?: string;
  head: ReactNode;
  /** What the keys of actions do here. */
  acts: (desk: Desk) => Record<string, (() => void) | undefined>;
  /** A decision is on its way: keys keep quiet. */
  busy: boolean;
  /** What stands above the item. */
  above?: ReactNode;
  foot: (desk: Desk, showKeys: () => void) => ReactNode;
  dialog: (desk: Desk) => ReactNode;
  /** Under which name this desk's keys are kept, and what there is to do by key. */
  keys?: { room: string; actions: readonly Action[] };
}) {
  const form = useForm(lab, project, opened.formVersion);
  const questions = form.data?.questions ?? none;
  const preferences = usePreferences();
  const bindings = useBindings(keys.room, keys.actions);
  const marking = useMemo(() => new Marking(), []);
  const [differences, setDifferences] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const [correction, setCorrection] = useState<Answers | null>(null);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const first = useRef<HTMLElement>(null);
  useEffect(() => {
    document.documentElement.scrollTop = 0;
    first.current?.focus({ preventScroll: true });
  }, []);
  const answers = correction ?? opened.answers;
  const change = (key: string, answer: Answers[string]) => {
    setWrong(({ [key]: _, ...others }) => others);
    setCorrection((now) => ({ ...now, [key]: answer }));
  };
  const desk: Desk = {
    questions,
    ready: form.data !== undefined,
    keyOf: bindings.keyOf,
    correction,
    correct: (on) => {
      setCorrection(on ? opened.answers : null);
      setWrong({});
    },
    corrected: () => {
      if (!correction) return null;
      const found = faults(questions, correction);
      setWrong(found);
      const open = questions.find(({ key }) => key in found);
      if (open) focusQuestion(open.key);
      return open ? null : forSubmit(questions, correction);
    },
  };
  const map = keyMap(bindings, {
    differences: () => setDifferences((on) => !on),
    formatted: () => preferences.setRendering(preferences.rendering === 'text' ? 'markdown' : 'text'),
    invisible: () => preferences.setUnseen(!preferences.unseen),
    text: focusText,
    keys: () => setKeysShown(true),
    ...(busy ? {} : acts(desk)),
  });
  const ofQuestions = correction
    ? questionKeys(questions, correction, change, opened, marking)
    : () => undefined;
  useKeys((key) => ofQuestions(key) ?? map[key], preferences.singleKeys);
  return (
    <MarkUnseen value={preferences.unseen}>
      <MarkingContext value={marking}>
        <div className={`${styles.room} fills`}>
          <div className={styles.head}>
            {head}
            {above}
          </div>
          <div className={styles.reading}>
            <ItemPane
              item={opened}
              label="Item"
              preferences={preferences}
              bindings={bindings}
              differences={differences}
              setDifferences={setDifferences}
              focus={first}
              marking={{ questions, answers, change: correction ? change : undefined }}
              picture={picture}
            />
            <GuidelinesPane sections={opened.sections} version={opened.guidelineVersion} />
          </div>
          {form.data ? (
            <QuestionPane
              // Fields that were only shown and fields that are written in are different ones.
              key={correction ? 'correcting' : 'reading'}
              questions={questions}
              answers={answers}
              item={correction ? { ...opened, prelabels: undefined } : opened}
              change={correction ? change : undefined}
              faults={wrong}
              leave={() => first.current?.focus({ preventScroll: true })}
            />
          ) : form.error ? (
            <ProblemNotice error={form.error} retry={() => void form.refetch()} />
          ) : (
            <Loading what="Opening the answer" />
          )}
          <div className={styles.foot}>{foot(desk, () => setKeysShown(true))}</div>
          {dialog(desk)}
          {keysShown && (
            <Suspense>
              <KeysDialog
                bindings={bindings}
                formKeys={correction ? formKeys(questions, opened, marking) : []}
                single={preferences.singleKeys}
                setSingle={preferences.setSingleKeys}
                close={() => setKeysShown(false)}
              />
            </Suspense>
          )}
        </div>
      </MarkingContext>
    </MarkUnseen>
  );
}
