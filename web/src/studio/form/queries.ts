import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askFull, etagOf, http } from '../../api/client';
import type { Question } from '../../api/types';
import { inProject, projectKey } from '../keys';

export function useLatestForm(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'form'),
    queryFn: async () => {
      const { data, response } = await askFull(
        http.GET('/api/labs/{lab}/projects/{project}/form', inProject(lab, project)),
      );
      return { ...data, etag: etagOf(response) };
    },
    staleTime: Infinity,
  });
}

export function useSaveForm(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ questions, etag }: { questions: Question[]; etag: string }) => {
      const { data, response } = await askFull(
        http.PUT('/api/labs/{lab}/projects/{project}/form', {
          ...inProject(lab, project),
          headers: { 'If-Match': etag },
          body: { questions },
        }),
      );
      return { ...data, etag: etagOf(response) };
    },
    onSuccess: (saved) => client.setQueryData(projectKey(lab, project, 'form'), saved),
  });
}
