import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../../api/client';
import type { Answers, OpenedItem, SlotState } from '../../../api/types';
import { projectKey } from '../../keys';

/** What a list of items is narrowed to. Facets are approved in clear; nothing else of an item's content is here. */
export interface ItemFilter {
  state?: SlotState;
  batch?: string;
  import?: string;
  /** "name:value". */
  facet?: string;
  gold?: boolean;
}

/** Items by id, the oldest first, fifty at a time. Ids and counts only: nothing is opened. */
export function useItems(lab: string, project: string, filter: ItemFilter) {
  return useInfiniteQuery({
    queryKey: projectKey(lab, project, 'items', filter),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/items', {
          params: { path: { lab, project }, query: { ...filter, after: pageParam, limit: 50 } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useItemCount(lab: string, project: string, filter: ItemFilter) {
  return useQuery({
    queryKey: projectKey(lab, project, 'items', 'count', filter),
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/items/count', {
          params: { path: { lab, project }, query: { ...filter } },
        }),
      ),
  });
}

/** Opens one item to whoever asks. A mutation, because each call is a disclosure and must not happen by itself. */
export function useOpenItem(lab: string, project: string) {
  return useMutation({
    mutationFn: (item: string) =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/items/{item}', {
          params: { path: { lab, project, item } },
        }),
      ) as Promise<OpenedItem>,
  });
}

export interface Gold {
  item: string;
  /** As for a submission, with response a on the left and responses in the item's order. */
  answers: Answers;
  explanation?: string;
}

/** Makes an item that nobody has seen a gold item: its answers are known. */
export function useMakeGold(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, ...body }: Gold) =>
      ask(
        http.POST('/api/labs/{lab}/projects/{project}/items/{item}/gold', {
          params: { path: { lab, project, item } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'items') }),
  });
}
