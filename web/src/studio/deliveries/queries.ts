import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { NewDelivery } from '../../api/types';
import { inLab, inProject, projectKey } from '../keys';

export function useDeliveries(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'deliveries'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/deliveries', inProject(lab, project))),
    refetchInterval: (query) => (query.state.data?.some((d) => d.state === 'making') ? 1_000 : false),
  });
}

export function useDeliver(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDelivery) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/deliveries', {
          ...inProject(lab, project),
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'deliveries') }),
  });
}

export function useDeliveryKey(lab: string) {
  return useQuery({
    queryKey: ['lab', lab, 'delivery-key'],
    queryFn: () => ask(http.GET('/api/labs/{lab}/delivery-key', inLab(lab))),
    staleTime: Infinity,
  });
}
