import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { hasCode, hasStatus } from '../api/problem';
import type { Answers, QuestionAnswer, Task } from '../api/types';
import { sessionKey } from '../session/session';
import { forDraft } from './answers';
import { DraftKeeper, type KeptDraft, type SaveState } from './draft-keeper';
import type { Kept } from './kept';
import type { TaskCalls } from './queries';

/** What another tab or device saved of the same task. */
export interface Theirs {
  version: number;
  answers: Answers;
}

/** The answers under way of one task, saved as they are given. The task may not change while this lives. */
export function useAnswers({
  project,
  task,
  calls,
  kept,
  suspended,
  closing,
}: {
  project: string;
  task: Task;
  calls: TaskCalls;
  kept: Kept | null;
  suspended: (error: unknown) => void;
  /** Told when this task leaves the front: what its draft is once the last save has ended. */
  closing: (slot: string, saved: Promise<NonNullable<Task['draft']>>) => void;
}) {
  const { slot } = task;
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>(task.draft?.answers ?? {});
  const [save, setSave] = useState<SaveState>({ kind: 'untouched' });
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const keeper = useRef<DraftKeeper | null>(null);
  const ports = useRef({ suspended, closing });
  const latest = useRef(answers);
  useEffect(() => {
    ports.current = { suspended, closing };
  });

  const put = (next: Answers) => {
    latest.current = next;
    setAnswers(next);
  };

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
      put(found.answers);
      mine.settle(found.version, found.answers);
    };
    keeper.current = mine;
    void recover();
    return () => {
      const typed = forDraft(latest.current);
      const saved = mine.close().then(() => ({ version: mine.head, answers: typed }));
      ports.current.closing(slot, saved);
    };
    // A desk lives for one slot: its parent keys it so.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [slot]);

  return {
    answers,
    save,
    theirs,
    change(key: string, answer: QuestionAnswer) {
      const next = { ...latest.current, [key]: answer };
      put(next);
      keeper.current?.edit(forDraft(next));
    },
    /** Ends saving: the task was submitted or given up. Says which draft the server has. */
    end(): number {
      keeper.current?.stop();
      return keeper.current?.head ?? 0;
    },
    /** Goes on after a conflict, with this page's answers or the others. */
    settle(mine: boolean) {
      if (!theirs) return;
      if (!mine) put(theirs.answers);
      keeper.current?.settle(theirs.version, mine ? forDraft(latest.current) : null);
      setTheirs(null);
    },
  };
}
