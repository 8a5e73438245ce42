import { useInfiniteQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { projectKey } from '../keys';

/** What people at work told the lab, newest first, a hundred at a time. */
export function useReports(lab: string, project: string) {
  return useInfiniteQuery({
    queryKey: projectKey(lab, project, 'reports'),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/reports', {
          params: { path: { lab, project }, query: { before: pageParam, limit: 100 } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
