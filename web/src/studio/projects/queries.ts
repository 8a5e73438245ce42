import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inLab, projectsKey } from '../keys';

export function useProjects(lab: string) {
  return useQuery({
    queryKey: projectsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects', inLab(lab))),
  });
}

export function useNewProject(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; description: string }) =>
      ask(http.POST('/api/labs/{lab}/projects', { ...inLab(lab), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey(lab) }),
  });
}
