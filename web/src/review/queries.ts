import { ask, http } from '../api/client';

export function reviewCalls(lab: string, project: string) {
  return {
    /** Undefined where nothing waits for this reviewer. */
    next: () =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/next', { params: { path: { lab, project } } }),
      ),
    decide: (slot: string, body: { decision: 'accept' | 'return'; reason?: string }) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/reviews/{slot}', {
          params: { path: { lab, project, slot } },
          body,
        }),
      ),
  };
}
