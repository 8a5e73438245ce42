import { useSyncExternalStore } from 'react';

/**
 * Some projects want the passkey used again from time to time. What was asked waits meanwhile, so that whoever asked
 * goes on as if nothing had been, with all that was typed.
 */
type Answer = (used: boolean) => void;

let waiting: Answer[] = [];
const listeners = new Set<() => void>();

/**
 * Waits until the passkey was used, and asks again.
 * @returns The answer; the first one where the person would not, or where it says another no.
 */
export async function steppedUp(request: Request, refused: Response): Promise<Response> {
  const body = (await refused
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null;
  if (body?.code !== 'step-up' || !(await new Promise<boolean>((answer) => change([...waiting, answer]))))
    return refused;
  const response = await globalThis.fetch(request.clone());
  return response.status === 428 ? (await import('./signing')).signed(request, response) : response;
}

/** Whether something waits for the passkey. */
export const useStepUpWanted = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => waiting.length > 0,
  );

/** Lets what waits go on, or gives it up. */
export function answerStepUp(used: boolean) {
  const all = waiting;
  change([]);
  all.forEach((answer) => answer(used));
}

function change(next: Answer[]) {
  waiting = next;
  listeners.forEach((listener) => listener());
}
