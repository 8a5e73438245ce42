import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../../api/client';
import type { Acceptance, AcceptanceDecision, AcceptanceDetail, Evidence } from '../../api/types';
import type { Opened } from '../../review/answer-desk';
import { projectKey } from '../keys';

const placeOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}`;

const acceptancesKey = (lab: string, project: string) => projectKey(lab, project, 'acceptances');

/** Every round of every batch, newest first. */
export function useAcceptances(lab: string, project: string) {
  return useQuery({
    queryKey: acceptancesKey(lab, project),
    queryFn: () => askPlain<Acceptance[]>('GET', `${placeOf(lab, project)}/acceptances`),
    refetchInterval: 15_000,
  });
}

/** One round with the words of its judges: reading them is a disclosure, so they are read when asked for. */
export function useDefects(lab: string, project: string, id: string, wanted: boolean) {
  return useQuery({
    queryKey: ['acceptance', lab, project, id],
    queryFn: () => askPlain<AcceptanceDetail>('GET', `${placeOf(lab, project)}/acceptances/${id}`),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** How large a sample is to be: a share of the accepted answers, or a number. */
export type SampleSize = { percent: number } | { count: number };

export function useDraw(lab: string, project: string, batch: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (size: SampleSize) =>
      askPlain<Acceptance>('POST', `${placeOf(lab, project)}/batches/${batch}/acceptances`, size),
    onSuccess: () => client.invalidateQueries({ queryKey: acceptancesKey(lab, project) }),
  });
}

export interface Decision {
  decision: AcceptanceDecision;
  reason?: string;
  /** Partly: people all of whose answers go back. */
  people?: string[];
}

export function useDecide(lab: string, project: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) =>
      askPlain<Acceptance>('POST', `${placeOf(lab, project)}/acceptances/${id}/decision`, decision),
    // Answers go back to people: nearly everything of the project changes.
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}

/** An answer of the sample, opened to be judged. */
export type Sampled = Opened & { slot: string; item: string; receipt: number };

export type Verdict = { verdict: 'fit' } | { verdict: 'defect'; reason: string; evidence: Evidence };

export function sampleCalls(lab: string, project: string, id: string) {
  const acceptance = `${placeOf(lab, project)}/acceptances/${id}`;
  return {
    /** Undefined where nothing is left for this judge. */
    next: () => askPlain<Sampled | undefined>('POST', `${acceptance}/next`),
    judge: (slot: string, verdict: Verdict) => askPlain<void>('POST', `${acceptance}/slots/${slot}`, verdict),
  };
}
