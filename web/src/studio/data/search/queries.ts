import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../../api/client';
import { soon, type Search, type SearchHit } from '../../../api/pending-studio';
import { inProject, projectKey } from '../../keys';

export interface NewSearch {
  text: string;
  field?: string;
  state?: string;
}

const at = '/api/labs/{lab}/projects/{project}/searches';

export function useStartSearch(lab: string, project: string) {
  return useMutation({
    mutationFn: (body: NewSearch) => ask(soon.POST<{ id: string }>(at, { ...inProject(lab, project), body })),
  });
}

export const isRunning = (search: Search | undefined) =>
  search !== undefined && (search.state === 'waiting' || search.state === 'running');

/** How far a search is. Its hits are not opened by this. */
export function useSearch(lab: string, project: string, id: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'searches', id),
    queryFn: () =>
      ask(soon.GET<Search>(`${at}/{search}`, { params: { path: { lab, project, search: id } } })),
    refetchInterval: (query) => (isRunning(query.state.data) ? 1_000 : false),
  });
}

export function useCancelSearch(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(soon.DELETE<void>(`${at}/{search}`, { params: { path: { lab, project, search: id } } })),
    onSuccess: (_, id) => client.invalidateQueries({ queryKey: projectKey(lab, project, 'searches', id) }),
  });
}

/** Opens the hits to whoever asks, with a receipt. A mutation: it must not happen by itself. */
export function useOpenHits(lab: string, project: string) {
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        soon.GET<{ items: SearchHit[]; receipt?: number | null }>(`${at}/{search}/hits`, {
          params: { path: { lab, project, search: id } },
        }),
      ),
  });
}
