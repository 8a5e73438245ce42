import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { ProposalKind } from '../../api/types';
import { inLab } from '../../studio/keys';

export const proposalsKey = (lab: string) => ['lab', lab, 'proposals'] as const;

export function useProposals(lab: string) {
  return useQuery({
    queryKey: proposalsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/proposals', inLab(lab))),
    refetchInterval: 30_000,
  });
}

/** Proposes what destroys keys; it waits for a second owner. */
export function usePropose(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { kind: ProposalKind; subject: string | null }) =>
      ask(http.POST('/api/labs/{lab}/proposals', { ...inLab(lab), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: proposalsKey(lab) }),
  });
}

/** Approves a proposal as the second person, or withdraws it. */
export function useMoveProposal(lab: string, to: 'approve' | 'withdraw') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (proposal: string) => {
      const at = { params: { path: { lab, proposal } } };
      return ask(
        to === 'approve'
          ? http.POST('/api/labs/{lab}/proposals/{proposal}/approve', at)
          : http.POST('/api/labs/{lab}/proposals/{proposal}/withdraw', at),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab', lab] }),
  });
}
