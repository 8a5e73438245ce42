import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askPlain } from '../../api/client';
import { useAt } from '../../vendor/asking';
import type { Notice } from '../types';

const path = '/api/me/work/notices';
const none = '00000000-0000-0000-0000-000000000000';

/** What one was told, newest first. The node answers as soon as there is something newer, and the page shows it at once. */
export function useTold(): Notice[] {
  const client = useQueryClient();
  const notices = useAt<Notice[]>(path);
  const last = notices.data?.[0]?.id ?? none;
  const newer = useQuery({
    queryKey: ['told', last],
    queryFn: () => askPlain<Notice[]>('GET', `${path}?after=${last}`),
    enabled: notices.isSuccess,
    staleTime: 0,
    gcTime: 0,
    // Between one answer and the next question; the question itself waits at the node.
    refetchInterval: 1_000,
  });
  const any = (newer.data?.length ?? 0) > 0;
  useEffect(() => {
    if (any) void client.invalidateQueries({ queryKey: ['vendor'] });
  }, [any, client]);
  return notices.data ?? [];
}
