import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain, quoted } from '../../api/client';
import type { Batch, BatchSettings, NewBatch, SuspensionReason } from '../../api/types';
import { projectKey } from '../keys';

const batchesOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}/batches`;

export function useBatches(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'batches'),
    queryFn: () => askPlain<Batch[]>('GET', batchesOf(lab, project)),
    refetchInterval: 30_000,
  });
}

/** An act on batches; what a batch is changes most of what a project shows. */
function useAct<Given, Made>(lab: string, project: string, act: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
    // Somebody else may have been first: what stands here is not what stands there.
    onError: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'batches') }),
  });
}

export const useOpenBatch = (lab: string, project: string) =>
  useAct(lab, project, (batch: NewBatch) => askPlain<Batch>('POST', batchesOf(lab, project), batch));

/** Changes what is named; the rest stays. Refused where the batch is no longer the one that was looked at. */
export const useChangeBatch = (lab: string, project: string, { id, revision }: Batch) =>
  useAct(lab, project, (change: Partial<BatchSettings>) =>
    askPlain<Batch>('PUT', `${batchesOf(lab, project)}/${id}`, change, quoted(revision)),
  );

export const usePauseBatch = (lab: string, project: string, batch: string) =>
  useAct(lab, project, (pause: { reason: SuspensionReason; words?: string }) =>
    askPlain<Batch>('POST', `${batchesOf(lab, project)}/${batch}/pause`, pause),
  );

export type StateAct = 'resume' | 'close' | 'cancel';

export const useStateOfBatch = (lab: string, project: string, batch: string) =>
  useAct(lab, project, (act: StateAct) =>
    askPlain<Batch>('POST', `${batchesOf(lab, project)}/${batch}/${act}`),
  );

export const useMoveBatch = (lab: string, project: string, batch: string) =>
  useAct(lab, project, (versions: { guidelineVersion?: number; formVersion?: number }) =>
    askPlain<Batch>('POST', `${batchesOf(lab, project)}/${batch}/move`, versions),
  );
