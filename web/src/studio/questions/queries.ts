import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { projectKey } from '../keys';

/** The node hands out so many at a time. */
const PAGE = 128;

/** What experts asked from inside a task, with what was answered; the newest first. */
export function useQuestions(lab: string, project: string) {
  return useInfiniteQuery({
    queryKey: projectKey(lab, project, 'questions'),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/questions', {
          params: { path: { lab, project }, query: { before: pageParam } },
        }),
      ),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  });
}

export interface QuestionAnswer {
  id: string;
  text: string;
  /** Whether question and answer go into the guideline draft, and with the next version to everybody. */
  publish: boolean;
  /** The section that they go into; without it, one for questions. */
  section?: string;
}

export function useAnswerQuestion(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: QuestionAnswer) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/questions/{question}/answer', {
          params: { path: { lab, project, question: id } },
          body,
        }),
      ),
    onSuccess: async (_, { publish }) => {
      await client.invalidateQueries({ queryKey: projectKey(lab, project, 'questions') });
      // The draft has a paragraph more now.
      if (publish) client.removeQueries({ queryKey: projectKey(lab, project, 'guidelines', 'draft') });
    },
  });
}
