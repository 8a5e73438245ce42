import { useQuery } from '@tanstack/react-query';
import { ask, http, quoted } from '../api/client';
import { hasStatus } from '../api/problem';
import type { NextOffer } from '../api/signing';
import type { Answers, AppealContent, Question, Submitted, Task } from '../api/types';

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
      ) as Promise<{ version: number; questions: Question[] }>,
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
    /**
     * Undefined where there is no task for this person now.
     * @param offer The task that is held for who signs: it costs one request.
     */
    next: async (offer?: NextOffer | null) =>
      (offer && (await openOffered(lab, project, offer))) ||
      (ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/next', { params: { path: { lab, project } } }),
      ) as Promise<Task | undefined>),
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
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/submit', { params: at(slot), body }),
      ) as Promise<Submitted>,
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
    askLab: (slot: string, text: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/questions', {
          params: at(slot),
          body: { text },
        }),
      ),
    appeal: (slot: string, words: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/appeal', {
          params: at(slot),
          body: { words },
        }),
      ),
  };
}

/** Opens the task that was held; undefined where it is not any more. */
async function openOffered(lab: string, project: string, offer: NextOffer): Promise<Task | undefined> {
  const proof = await (await import('../api/signing')).proofFor(offer);
  try {
    return (await ask(
      http.POST('/api/labs/{lab}/projects/{project}/tasks/{slot}/open', {
        params: { path: { lab, project, slot: offer.slot } },
        headers: proof ? { [proof[0]]: proof[1] } : {},
      }),
    )) as Task;
  } catch (error) {
    if (hasStatus(error, 404) || hasStatus(error, 409)) return undefined;
    throw error;
  }
}

export type TaskCalls = ReturnType<typeof taskCalls>;

const placeOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}`;

/** Where the image of the task in hand is fetched from. Each fetch leaves a receipt. */
export const pictureOf = (lab: string, project: string, slot: string) =>
  `${placeOf(lab, project)}/tasks/${slot}/image`;

/** What a person does about guidelines before work. */
export function guidelineCalls(lab: string, project: string) {
  return {
    /** Opens what is to be read: a disclosure. */
    read: (version: number) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/guidelines/{number}/read', {
          params: { path: { lab, project, number: version } },
        }),
      ),
    acknowledge: (version: number) =>
      ask(
        http.PUT('/api/labs/{lab}/projects/{project}/guidelines/{number}/acknowledgement', {
          params: { path: { lab, project, number: version } },
        }),
      ),
  };
}

/** What a project's content may hold, and what this person chose. Asking is a disclosure: once per visit. */
export function useWarnings(lab: string, project: string, wanted = true) {
  return useQuery({
    queryKey: ['lab', lab, project, 'warnings'],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/warnings', { params: { path: { lab, project } } })),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}

export const chooseContent = (lab: string, project: string, accept: boolean) =>
  ask(
    http.PUT('/api/labs/{lab}/projects/{project}/warning-choice', {
      params: { path: { lab, project } },
      body: { accept },
    }),
  );

/** The questions that this person asked the lab, with what was answered. */
export function useAskedQuestions(lab: string, project: string) {
  return useQuery({
    queryKey: ['lab', lab, project, 'asked'],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/questions', { params: { path: { lab, project } } })),
    // Opening them is a disclosure: when asked for, not by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** The day's figures of this person and their last answers. */
export function useMyDay(lab: string, project: string) {
  return useQuery({
    queryKey: ['lab', lab, project, 'mine'],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/tasks/mine', { params: { path: { lab, project } } })),
  });
}

/** Appeals of this person; for those who decide, everybody's. */
export function useAppeals(lab: string, project: string) {
  return useQuery({
    queryKey: ['lab', lab, project, 'appeals'],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/appeals', { params: { path: { lab, project } } })),
  });
}

export const openAppeal = (lab: string, project: string, id: string) =>
  ask(
    http.GET('/api/labs/{lab}/projects/{project}/appeals/{appeal}', {
      params: { path: { lab, project, appeal: id } },
    }),
  ) as Promise<AppealContent>;
