import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../api/client';
import type { SuspensionReason } from '../api/types';
import { counted } from '../ui/format';
import { Time } from '../ui/time';

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

/** While something is suspended, every page of the lab's staff says so. */
export function SuspensionBar({ lab }: { lab: string }) {
  const suspensions = useSuspensions(lab).data ?? [];
  if (suspensions.length === 0) return null;
  const count = (kind: string) => suspensions.filter((s) => s.scope === kind).length;
  const parts = [
    count('lab') > 0 && 'the whole lab',
    count('project') > 0 && counted(count('project'), 'project'),
    count('person') > 0 && counted(count('person'), 'person', 'people'),
  ].filter(Boolean);
  const newest = suspensions.reduce((a, b) => (a.since > b.since ? a : b));
  return (
    <div className="bar" data-tone="stopped">
      <strong>Suspended:</strong> {parts.join(', ')}. Last since <Time value={newest.since} /> (
      {reasonWord(newest.reason)}).
    </div>
  );
}
