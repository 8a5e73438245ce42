import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../api/client';

const shown = 'vendor';

/** What stands at an address of the vendor's node; null: nothing is asked for yet. */
export function useAt<T>(path: string | null, every?: number) {
  return useQuery({
    queryKey: [shown, path],
    queryFn: () => askPlain<T>('GET', path!),
    enabled: path !== null,
    refetchInterval: every,
  });
}

/** What is sealed at an address: each answer is a receipt that the person it is about sees, so it is asked for once and not again by itself. */
export function useOpened<T>(path: string | null) {
  return useQuery({
    queryKey: ['opened', path],
    queryFn: () => askPlain<T>('GET', path!),
    enabled: path !== null,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
}

/** Does something at the vendor's node; what the page shows is asked for anew. */
export function useAct<Given, Answer = void>(act: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: [shown] }),
    // A link or a statement in an answer is a secret: it does not stay when its page is gone.
    gcTime: 0,
  });
}

export const post = <Answer = void>(path: string, body?: unknown) =>
  askPlain<Answer>('POST', path, body ?? {});
export const put = <Answer = void>(path: string, body: unknown) => askPlain<Answer>('PUT', path, body);
export const remove = (path: string) => askPlain<void>('DELETE', path);
