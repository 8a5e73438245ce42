import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inProject, projectKey } from '../keys';

export function useProject(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'facts'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}', inProject(lab, project))),
  });
}

export function useProgress(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'progress'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/progress', inProject(lab, project))),
    refetchInterval: 15_000,
  });
}
