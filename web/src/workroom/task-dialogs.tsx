import { lazy, Suspense, useState } from 'react';
import type { ItemContent, Question } from '../api/types';
import { AskDialog } from './ask-dialog';
import type { Bindings } from './bindings';
import { WordsDialog } from './dialogs';
import type { Preferences } from './preferences';
import type { TaskCalls } from './queries';
import { formKeys } from './question-keys';
import { useMarking } from './spans/marking';

const KeysDialog = lazy(() => import('./keys-dialog'));

export type DialogName = 'skip' | 'report' | 'ask' | 'appeal' | 'keys';

/** The dialogs of a task. Words that were written in one stay for the next time it is opened. */
export function TaskDialogs({
  name,
  close,
  lab,
  project,
  slot,
  calls,
  questions,
  item,
  bindings,
  preferences,
  skipped,
  reported,
  appealed,
}: {
  name: DialogName | null;
  close: () => void;
  lab: string;
  project: string;
  slot: string;
  calls: TaskCalls;
  questions: readonly Question[];
  item: ItemContent;
  bindings: Bindings;
  preferences: Preferences;
  skipped: () => Promise<void>;
  reported: () => void;
  appealed: () => void;
}) {
  const [words, setWords] = useState<Partial<Record<DialogName, string>>>({});
  const { marking } = useMarking();
  if (!name) return null;
  const written = {
    words: words[name] ?? '',
    setWords: (text: string) => setWords({ ...words, [name]: text }),
  };
  switch (name) {
    case 'skip':
      return (
        <WordsDialog
          title="Skip this task"
          hint="It goes to somebody else. You will not get this item again."
          label="Why? (optional; the lab reads it)"
          action="Skip"
          required={false}
          {...written}
          send={async (reason) => {
            await calls.skip(slot, reason || undefined);
            await skipped();
          }}
          close={close}
        />
      );
    case 'report':
      return (
        <WordsDialog
          title="Report a problem with this item"
          hint="For example: broken text, personal data, something that should not be shown to anybody."
          label="What is wrong?"
          action="Send report"
          required
          {...written}
          send={async (text) => {
            await calls.report(slot, text);
            setWords({ ...words, report: '' });
            reported();
          }}
          close={close}
        />
      );
    case 'appeal':
      return (
        <WordsDialog
          title="Appeal against this return"
          hint="Somebody decides who neither gave nor returned this answer. They read your answer, the reviewer's words and yours. The answer stays as you submitted it."
          label="Why was your answer right?"
          action="Appeal"
          required
          {...written}
          send={async (text) => {
            await calls.appeal(slot, text);
            appealed();
          }}
          close={close}
        />
      );
    case 'ask':
      return (
        <AskDialog
          lab={lab}
          project={project}
          {...written}
          send={async (text) => {
            await calls.askLab(slot, text);
          }}
          close={close}
        />
      );
    case 'keys':
      return (
        <Suspense>
          <KeysDialog
            bindings={bindings}
            formKeys={formKeys(questions, item, marking)}
            single={preferences.singleKeys}
            setSingle={preferences.setSingleKeys}
            close={close}
          />
        </Suspense>
      );
  }
}
