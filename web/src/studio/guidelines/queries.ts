import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askFull, etagOf, http } from '../../api/client';
import type { Section } from '../../api/types';
import { inProject, projectKey } from '../keys';

export function useGuidelineDraft(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'guidelines', 'draft'),
    queryFn: async () => {
      const { data, response } = await askFull(
        http.GET('/api/labs/{lab}/projects/{project}/guidelines/draft', inProject(lab, project)),
      );
      const sections: Section[] = data.sections;
      return { sections, etag: etagOf(response) };
    },
    // What is being edited is not replaced by itself; a save says when somebody else was first.
    staleTime: Infinity,
  });
}

export function useSaveGuidelines(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ sections, etag }: { sections: Section[]; etag: string }) => {
      const { response } = await askFull(
        http.PUT('/api/labs/{lab}/projects/{project}/guidelines/draft', {
          ...inProject(lab, project),
          headers: { 'If-Match': etag },
          body: { sections },
        }),
      );
      return { sections, etag: etagOf(response) };
    },
    onSuccess: (saved) => client.setQueryData(projectKey(lab, project, 'guidelines', 'draft'), saved),
  });
}

export function useGuidelineVersions(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'guidelines', 'versions'),
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/guidelines/versions', inProject(lab, project))),
  });
}

export function usePublish(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (etag: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/guidelines/versions', {
          ...inProject(lab, project),
          headers: { 'If-Match': etag },
        }),
      ),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: projectKey(lab, project, 'guidelines', 'versions') }),
  });
}

export function useGuidelineVersion(lab: string, project: string, number: number) {
  return useQuery({
    queryKey: projectKey(lab, project, 'guidelines', 'versions', number),
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/guidelines/versions/{number}', {
          params: { path: { lab, project, number } },
        }),
      ),
    staleTime: Infinity,
  });
}

/** What changed from one published version to another. */
export function useGuidelineChanges(lab: string, project: string, from: number, to: number) {
  return useQuery({
    queryKey: projectKey(lab, project, 'guidelines', 'changes', from, to),
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/guidelines/versions/{number}/changes', {
          params: { path: { lab, project, number: to }, query: { from } },
        }),
      ),
    staleTime: Infinity,
  });
}
