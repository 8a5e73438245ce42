import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../api/client';
import type { Answers, Evidence, ReviewDecision, ReviewTask } from '../api/types';

const placeOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}`;

export function reviewCalls(lab: string, project: string) {
  return {
    /** Undefined where nothing waits for this reviewer. */
    next: () =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/next', { params: { path: { lab, project } } }),
      ) as Promise<ReviewTask | undefined>,
    decide: (slot: string, decision: ReviewDecision) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/{slot}', {
          params: { path: { lab, project, slot } },
          body: decision,
        }),
      ),
  };
}

/** Where the image of the answer in review is fetched from. */
export const reviewPictureOf = (lab: string, project: string, slot: string) =>
  `${placeOf(lab, project)}/reviews/${slot}/image`;

/** Where staff and deciders fetch an item's image from. */
export const itemPictureOf = (lab: string, project: string, item: string) =>
  `${placeOf(lab, project)}/items/${item}/image`;

export const decideAppeal = (lab: string, project: string, id: string, uphold: boolean, reason: string) =>
  ask(
    http.POST('/api/labs/{lab}/projects/{project}/appeals/{appeal}/decision', {
      params: { path: { lab, project, appeal: id } },
      body: { uphold, reason },
    }),
  );

export function useEscalations(lab: string, project: string) {
  return useQuery({
    queryKey: ['lab', lab, project, 'escalations'],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/projects/{project}/escalations', { params: { path: { lab, project } } })),
  });
}

export type EscalationDecision =
  | { decision: 'accept' }
  | { decision: 'return'; reason: string; evidence: Evidence }
  | { decision: 'cancel'; reason: string }
  | { decision: 'correct'; reason: string; answers: Answers };

export function escalationCalls(lab: string, project: string) {
  return {
    open: (slot: string) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/escalations/{slot}/open', {
          params: { path: { lab, project, slot } },
        }),
      ) as Promise<ReviewTask>,
    decide: (slot: string, decision: EscalationDecision) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/escalations/{slot}', {
          params: { path: { lab, project, slot } },
          body: decision,
        }),
      ),
  };
}
