import { useQuery } from '@tanstack/react-query';
import { ask, http, quoted } from '../api/client';
import type { Answers, Task } from '../api/types';

export const workKey = (lab: string) => ['lab', lab, 'work'] as const;

export function useWork(lab: string) {
  return useQuery({
    queryKey: workKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/work', { params: { path: { lab } } })),
    refetchInterval: 60_000,
  });
}

/** One version of a form. It never changes. */
export function useForm(lab: string, project: string, version: number | undefined) {
  return useQuery({
    queryKey: ['lab', lab, project, 'form', version],
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/forms/{version}', {
          params: { path: { lab, project, version: version! } },
        }),
      ),
    enabled: version !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** What the workroom asks of the server for one project. */
export function taskCalls(lab: string, project: string) {
  const at = (slot: string) => ({ path: { lab, project, slot } });
  return {
    held: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/tasks', { params: { path: { lab, project } } })),
    /** Undefined where there is no task for this person now. */
    next: () =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/next', { params: { path: { lab, project } } }),
      ) as Promise<Task | undefined>,
    open: (slot: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/open', { params: at(slot) }),
      ) as Promise<Task>,
    renew: (slot: string) =>
      ask(http.PUT('/api/labs/{lab}/projects/{project}/tasks/{slot}/lease', { params: at(slot) })),
    saveDraft: async (slot: string, answers: Answers, version: number) => {
      const saved = await ask(
        http.PUT('/api/labs/{lab}/projects/{project}/tasks/{slot}/draft', {
          params: at(slot),
          headers: { 'If-Match': quoted(version) },
          body: { answers },
        }),
      );
      return saved.version;
    },
    submit: (slot: string, body: { submission: string; answers: Answers; seconds: number }) =>
      ask(http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/submit', { params: at(slot), body })),
    skip: (slot: string, reason?: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/skip', {
          params: at(slot),
          body: { reason: reason ?? null },
        }),
      ),
    release: (slot: string) =>
      ask(http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/release', { params: at(slot) })),
    report: (slot: string, text: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/report', {
          params: at(slot),
          body: { text },
        }),
      ),
  };
}

export type TaskCalls = ReturnType<typeof taskCalls>;
