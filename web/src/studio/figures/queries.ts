import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../../api/client';
import type { BiasScan, Figures } from '../../api/types';
import { projectKey } from '../keys';

const figuresOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}/figures`;

export function useFigures(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'figures'),
    queryFn: () => askPlain<Figures>('GET', figuresOf(lab, project)),
    refetchInterval: 15_000,
  });
}

// Not below the project's prefix: acts that renew the project would open what was found again, with a receipt each.
const biasKey = (lab: string, project: string) => ['bias', lab, project] as const;

/** The newest scan, null where there is none. Reading what one found is a disclosure, so it is not read by itself. */
export function useBias(lab: string, project: string) {
  return useQuery({
    queryKey: biasKey(lab, project),
    queryFn: async () =>
      (await askPlain<BiasScan | undefined>('GET', `${figuresOf(lab, project)}/bias`)) ?? null,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2_000 : false),
  });
}

export function useStartBias(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => askPlain<BiasScan>('POST', `${figuresOf(lab, project)}/bias`),
    onSuccess: (scan) => client.setQueryData(biasKey(lab, project), scan),
    onError: () => client.invalidateQueries({ queryKey: biasKey(lab, project) }),
  });
}

/** Stops a scan that runs; removes one that has ended, with what it found. */
export function useEndBias(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (scan: string) => askPlain<void>('DELETE', `${figuresOf(lab, project)}/bias/${scan}`),
    onSuccess: () => client.invalidateQueries({ queryKey: biasKey(lab, project) }),
  });
}
