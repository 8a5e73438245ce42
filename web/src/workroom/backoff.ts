/** Milliseconds to wait before the given retry (from 0): 1 s doubling to 30 s, spread so that people do not return as one. */
export function backoff(attempt: number, random = Math.random()): number {
  const full = Math.min(1_000 * 2 ** attempt, 30_000);
  return full / 2 + (full / 2) * random;
}

/** Waits, but no longer than until the line is back or the signal says to stop. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
