import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../../api/client';
import type { NoticePage } from '../../api/types';

const noticesKey = (lab: string) => ['lab', lab, 'notices'] as const;

/** How many notices are unread. */
export function useUnread(lab: string) {
  return useQuery({
    queryKey: [...noticesKey(lab), 'unread'],
    queryFn: () => askPlain<NoticePage>('GET', `/api/labs/${lab}/notices?unread=true&limit=1`),
    refetchInterval: 60_000,
    select: ({ unread }) => unread,
  });
}

export function useNotices(lab: string) {
  return useInfiniteQuery({
    queryKey: [...noticesKey(lab), 'list'],
    queryFn: ({ pageParam }) =>
      askPlain<NoticePage>('GET', `/api/labs/${lab}/notices?limit=20${pageParam && `&before=${pageParam}`}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** Marks one notice as read, or all of them. */
export function useRead(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (notice: string | 'all') =>
      askPlain<void>('POST', `/api/labs/${lab}/notices${notice === 'all' ? '' : `/${notice}`}/read`),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey(lab) }),
  });
}
