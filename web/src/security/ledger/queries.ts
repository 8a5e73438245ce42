import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { Ledger } from '../../api/types';
import { fromBase64, text } from './bytes';
import { checkCheckpoint, checkGrowth, checkInclusion, seenOf, type Finding } from './check';
import { lastSeen, remember } from './seen';

/** The sizes between which consistency is asked for, over the API. */
export const consistencyOf = (lab: string) => async (from: number, to: number) =>
  (
    await ask(
      http.GET('/api/labs/{lab}/ledger/consistency', { params: { path: { lab }, query: { from, to } } }),
    )
  ).hashes;

/** A receipt's `.tlog-proof`, as a text. */
export async function proofOf(lab: string, sequence: number): Promise<string> {
  const response = await fetch(`/api/labs/${lab}/ledger/receipts/${sequence}/proof`);
  if (!response.ok) throw new Error(`No proof yet: ${response.status}`);
  return response.text();
}

export interface CheckedLog {
  signature: Finding;
  growth: Finding;
  /** When this browser last looked, before now. */
  before: string | null;
}

/** Checks the newest checkpoint, and that it goes on from the one this browser saw last; remembers it where both hold. */
export function useCheckedLog(lab: string, log: Ledger['log'] | undefined) {
  const note = log?.checkpoint?.note;
  return useQuery({
    queryKey: ['lab', lab, 'checked-log', note],
    enabled: note !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async (): Promise<CheckedLog> => {
      const before = lastSeen(lab);
      const { checkpoint, signature } = await checkCheckpoint(text(fromBase64(note!)), log!.key);
      if (!checkpoint)
        return {
          signature,
          growth: { state: 'unchecked', detail: 'There is nothing to compare.' },
          before: null,
        };
      const key: Finding =
        before && before.key !== log!.key
          ? { state: 'broken', detail: 'The log has another key than when this browser last looked.' }
          : signature;
      const growth = await checkGrowth(checkpoint, before, consistencyOf(lab));
      if (key.state !== 'broken' && growth.state !== 'broken')
        remember(lab, seenOf(checkpoint, log!.key, new Date()));
      return { signature: key, growth, before: before?.at ?? null };
    },
  });
}

/** Checks that a receipt's leaf is under a signed checkpoint. */
export function useInclusion(lab: string, sequence: number, leaf: string, vkey: string | undefined) {
  return useQuery({
    queryKey: ['lab', lab, 'inclusion', sequence, leaf, vkey],
    enabled: vkey !== undefined,
    gcTime: 0,
    // A checkpoint follows within a second.
    retry: 3,
    retryDelay: 700,
    queryFn: async () => checkInclusion(fromBase64(leaf), sequence, await proofOf(lab, sequence), vkey!),
  });
}
