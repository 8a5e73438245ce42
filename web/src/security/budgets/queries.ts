import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { Policy } from '../../api/types';
import { inLab, inProject, projectKey } from '../../studio/keys';
import { proposalsKey } from '../proposals/queries';

const policyKey = (lab: string) => ['lab', lab, 'policy'] as const;

export function usePolicy(lab: string) {
  return useQuery({
    queryKey: policyKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/policy', inLab(lab))),
  });
}

/** At once where nothing is raised; otherwise it comes back with what waits for a second person. */
export function useSetPolicy(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Policy) => ask(http.PUT('/api/labs/{lab}/policy', { ...inLab(lab), body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: policyKey(lab) }),
        client.invalidateQueries({ queryKey: proposalsKey(lab) }),
      ]),
  });
}

/** What was spent in this clock hour and ever, by person, engagement, server process and host. */
export function useBudgets(lab: string) {
  return useQuery({
    queryKey: ['lab', lab, 'budgets'],
    queryFn: () => ask(http.GET('/api/labs/{lab}/budgets', inLab(lab))),
    refetchInterval: 30_000,
  });
}

/** What share of a project's methodology somebody could have. */
export function useShares(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'shares'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/shares', inProject(lab, project))),
    enabled: project !== '',
  });
}
