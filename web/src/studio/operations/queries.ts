import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../../api/client';
import type { Operation, OperationRequest, OperationRow } from '../../api/types';
import { projectKey } from '../keys';

const operationsOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}/operations`;

export function useOperations(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'operations'),
    queryFn: () => askPlain<OperationRow[]>('GET', operationsOf(lab, project)),
  });
}

/** What an operation would touch, counted anew whenever it is asked for otherwise. Null: it is not whole yet. */
export function useOperationPreview(lab: string, project: string, request: OperationRequest | null) {
  return useQuery({
    queryKey: projectKey(lab, project, 'operation preview', request),
    queryFn: () => askPlain<Operation>('POST', `${operationsOf(lab, project)}/preview`, request),
    enabled: request !== null,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

function useRenewing<Given, Made>(lab: string, project: string, act: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}

export const useOperate = (lab: string, project: string) =>
  useRenewing(lab, project, (request: OperationRequest) =>
    askPlain<Operation>('POST', operationsOf(lab, project), request),
  );

export const useUndo = (lab: string, project: string) =>
  useRenewing(lab, project, (operation: string) =>
    askPlain<{ slots: number }>('POST', `${operationsOf(lab, project)}/${operation}/undo`),
  );
