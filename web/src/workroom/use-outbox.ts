import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Submitted } from '../api/types';
import type { Kept } from './kept';
import { Outbox, type OutboxState, type Submission } from './outbox';
import { taskCalls, workKey } from './queries';
import type { KeptHere } from './use-kept';

const nothing: OutboxState = { sending: 0, waiting: 0, sentAt: null, refused: [] };

/** The outbox of a person at a lab, with what earlier visits could not send. Null until the store is open. */
export function useOutbox(
  lab: string,
  kept: KeptHere,
  onSuspended: (error: unknown) => void,
  onTaken?: (slot: string, taken: Submitted) => void,
) {
  const client = useQueryClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const [state, setState] = useState(nothing);
  const ports = useRef({ onSuspended, onTaken });
  useEffect(() => {
    ports.current = { onSuspended, onTaken };
  });

  useEffect(() => {
    if (!kept.ready) return;
    const made = new Outbox({
      send: async ({ project, slot, submission, answers, seconds }) => {
        const taken = await taskCalls(lab, project).submit(slot, { submission, answers, seconds });
        ports.current.onTaken?.(slot, taken);
      },
      keep: (submission) => quietly(kept.store?.put('submission', submission.slot, submission)),
      forget: (submission) => forgetSlot(kept.store, submission),
      saveAsDraft: async ({ project, slot, answers, draftVersion }) => {
        await taskCalls(lab, project).saveDraft(slot, answers, draftVersion);
      },
      changed: setState,
      sent: () => void client.invalidateQueries({ queryKey: workKey(lab) }),
      suspended: (error) => ports.current.onSuspended(error),
    });
    const resume = async () => {
      const left = (await kept.store?.list<Submission>('submission')) ?? [];
      await Promise.all(left.map((submission) => made.add(submission)));
      setOutbox(made);
    };
    void resume();
    return () => {
      made.close();
      setOutbox(null);
    };
  }, [lab, kept, client]);

  // Without a store, closing the page would lose what is on its way: the browser asks first.
  const unprotected = kept.ready && !kept.store && state.sending > 0;
  useEffect(() => {
    if (!unprotected) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unprotected]);

  return { outbox, state };
}

async function forgetSlot(store: Kept | null, { slot }: Submission) {
  await quietly(store?.remove('submission', slot));
  await quietly(store?.remove('draft', slot));
}

/** A store that was erased or filled up must not keep an answer from being sent. */
async function quietly(act: Promise<unknown> | undefined): Promise<void> {
  try {
    await act;
  } catch (error) {
    // Closed: erased meanwhile, with everything in it.
    if (error instanceof DOMException && error.name === 'InvalidStateError') return;
    console.warn('The browser store failed.', error instanceof Error ? error.name : error);
  }
}
