import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { Engagement } from '../../api/types';
import { inLab, peopleKey } from '../keys';

const engagementsKey = (lab: string) => ['lab', lab, 'engagements'] as const;

/** Vendors' work for the lab, ended ones too. */
export function useEngagements(lab: string) {
  return useQuery({
    queryKey: engagementsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/engagements', inLab(lab))),
  });
}

/** An auditor is told no names. */
export const engagementName = ({ id, name }: Engagement) => name ?? `…${id.slice(-8)}`;

/** The name of the engagement that somebody works under; empty for the lab's own people. */
export function engagementOf(engagements: Engagement[], id: string | null | undefined): string {
  if (!id) return '';
  const found = engagements.find((one) => one.id === id);
  return found ? engagementName(found) : `…${id.slice(-8)}`;
}

export function useNewEngagement(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      ask(http.POST('/api/labs/{lab}/engagements', { ...inLab(lab), body: { name } })),
    onSuccess: () => client.invalidateQueries({ queryKey: engagementsKey(lab) }),
  });
}

export function useEndEngagement(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (engagement: string) =>
      ask(
        http.POST('/api/labs/{lab}/engagements/{engagement}/end', { params: { path: { lab, engagement } } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: engagementsKey(lab) }),
  });
}

/** Moves a member under an engagement, or makes them the lab's own. */
export function useMoveTo(lab: string, person: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (engagement: string | null) =>
      ask(
        http.PUT('/api/labs/{lab}/people/{person}/engagement', {
          params: { path: { lab, person } },
          body: { engagement },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: peopleKey(lab) }),
        client.invalidateQueries({ queryKey: engagementsKey(lab) }),
      ]),
  });
}
