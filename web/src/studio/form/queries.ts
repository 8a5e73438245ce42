import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askFull, etagOf } from '../../api/client';
import { soon, type FormVersion, type PreviewTask } from '../../api/pending-studio';
import type { Question } from '../../api/types';
import { inProject, projectKey } from '../keys';

export interface SavedForm {
  version: number;
  questions: Question[];
  etag: string;
}

export function useLatestForm(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'form'),
    queryFn: async (): Promise<SavedForm> => {
      const { data, response } = await askFull(
        soon.GET<{ version: number; questions: Question[] }>(
          '/api/labs/{lab}/projects/{project}/form',
          inProject(lab, project),
        ),
      );
      return { ...data, etag: etagOf(response) };
    },
    staleTime: Infinity,
  });
}

export function useSaveForm(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ questions, etag }: { questions: Question[]; etag: string }): Promise<SavedForm> => {
      const { data, response } = await askFull(
        soon.PUT<{ version: number; questions: Question[] }>('/api/labs/{lab}/projects/{project}/form', {
          ...inProject(lab, project),
          headers: { 'If-Match': etag },
          body: { questions },
        }),
      );
      return { ...data, etag: etagOf(response) };
    },
    onSuccess: (saved) => {
      client.setQueryData(projectKey(lab, project, 'form'), saved);
      return client.invalidateQueries({ queryKey: projectKey(lab, project, 'forms') });
    },
  });
}

export function useFormVersions(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'forms'),
    queryFn: () =>
      ask(soon.GET<FormVersion[]>('/api/labs/{lab}/projects/{project}/forms', inProject(lab, project))),
  });
}

/** One published version of the form; opened when asked for. */
export function useOpenForm(lab: string, project: string) {
  return useMutation({
    mutationFn: (version: number) =>
      ask(
        soon.GET<{ version: number; questions: Question[] }>(
          '/api/labs/{lab}/projects/{project}/forms/{version}',
          { params: { path: { lab, project, version } } },
        ),
      ),
  });
}

export type PreviewRole = 'expert' | 'reviewer';

/** Opens an item as somebody of a role would get it. Each call is a disclosure to whoever asks. */
export function usePreview(lab: string, project: string) {
  return useMutation({
    mutationFn: (body: { item?: string; questions: Question[]; role: PreviewRole }) =>
      ask(
        soon.POST<PreviewTask>('/api/labs/{lab}/projects/{project}/form/preview', {
          ...inProject(lab, project),
          body,
        }),
      ),
  });
}
