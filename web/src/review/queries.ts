import { useQuery } from '@tanstack/react-query';
import { ask, askPlain, http } from '../api/client';
import type { Answers, EscalatedRow, Evidence, ReviewDecision, ReviewTask } from '../api/types';

const placeOf = (lab: string, project: string) => `/api/labs/${lab}/projects/${project}`;

export function reviewCalls(lab: string, project: string) {
  return {
    /** Undefined where nothing waits for this reviewer. */
    next: () =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/next', { params: { path: { lab, project } } }),
      ) as Promise<ReviewTask | undefined>,
    decide: (slot: string, decision: ReviewDecision) =>
      askPlain<{ state: string }>('POST', `${placeOf(lab, project)}/reviews/${slot}`, decision),
  };
}

/** Where the image of the answer in review is fetched from. */
export const reviewPictureOf = (lab: string, project: string, slot: string) =>
  `${placeOf(lab, project)}/reviews/${slot}/image`;

/** Where staff and deciders fetch an item's image from. */
export const itemPictureOf = (lab: string, project: string, item: string) =>
  `${placeOf(lab, project)}/items/${item}/image`;

export const decideAppeal = (lab: string, project: string, id: string, uphold: boolean, reason: string) =>
  askPlain<unknown>('POST', `${placeOf(lab, project)}/appeals/${id}/decision`, { uphold, reason });

export function useEscalations(lab: string, project: string) {
  return useQuery({
    queryKey: ['lab', lab, project, 'escalations'],
    queryFn: () => askPlain<EscalatedRow[]>('GET', `${placeOf(lab, project)}/escalations`),
  });
}

export type EscalationDecision =
  | { decision: 'accept' }
  | { decision: 'return'; reason: string; evidence: Evidence }
  | { decision: 'cancel'; reason: string }
  | { decision: 'correct'; reason: string; answers: Answers };

export function escalationCalls(lab: string, project: string) {
  return {
    open: (slot: string) => askPlain<ReviewTask>('POST', `${placeOf(lab, project)}/escalations/${slot}/open`),
    decide: (slot: string, decision: EscalationDecision) =>
      askPlain<{ state: string }>('POST', `${placeOf(lab, project)}/escalations/${slot}`, decision),
  };
}
