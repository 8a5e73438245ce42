import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../api/client';
import type { Suspension, SuspensionReason } from '../api/types';

const reasonWords: Record<SuspensionReason, string> = {
  securityIncident: 'security incident',
  qualityQuestion: 'question of quality',
  contractQuestion: 'question of contract',
  plannedPause: 'planned pause',
  other: 'other reason',
};

export const reasons = Object.entries(reasonWords) as [SuspensionReason, string][];

/** What a reason class is called; it may come from a newer server than this page. */
export const reasonWord = (reason: string | null | undefined) =>
  reasonWords[reason as SuspensionReason] ?? reasonWords.other;

export const suspensionsKey = (lab: string) => ['lab', lab, 'suspensions'] as const;

export function useSuspensions(lab: string) {
  return useQuery({
    queryKey: suspensionsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/suspensions', { params: { path: { lab } } })),
    refetchInterval: 30_000,
  });
}

/** What really stops something: a drill does not. */
export function useStops(lab: string): Suspension[] {
  return (useSuspensions(lab).data ?? []).filter((suspension) => !suspension.drill);
}
