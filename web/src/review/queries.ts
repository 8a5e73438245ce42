import { ask, http } from '../api/client';
import type { ReviewTask } from '../api/types';

export function reviewCalls(lab: string, project: string) {
  return {
    /** Undefined where nothing waits for this reviewer. */
    next: () =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/next', { params: { path: { lab, project } } }),
      ) as Promise<ReviewTask | undefined>,
    decide: (slot: string, body: { decision: 'accept' | 'return'; reason: string | null }) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/{slot}', {
          params: { path: { lab, project, slot } },
          body,
        }),
      ),
  };
}
