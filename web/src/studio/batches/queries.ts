import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inProject, projectKey } from '../keys';

export interface NewBatch {
  name: string;
  overlap: number;
  leaseSeconds: number;
  held: number;
}

export function useBatches(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'batches'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/batches', inProject(lab, project))),
  });
}

export function useOpenBatch(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewBatch) =>
      ask(http.POST('/api/labs/{lab}/projects/{project}/batches', { ...inProject(lab, project), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}
