import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../../api/client';
import type { SlotState } from '../../../api/types';
import { inProject, projectKey } from '../../keys';

export interface NewSearch {
  text: string;
  field?: string;
  state?: SlotState;
}

const at = '/api/labs/{lab}/projects/{project}/searches';

/** Searches of the last 24 hours and how far they are. What they look for and what they found is not opened by this. */
export function useSearches(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'searches'),
    queryFn: () => ask(http.GET(at, inProject(lab, project))),
    refetchInterval: (query) => (query.state.data?.some((s) => s.state === 'scanning') ? 1_000 : false),
  });
}

export function useStartSearch(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSearch) => ask(http.POST(at, { ...inProject(lab, project), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'searches') }),
  });
}

/** Cancels a search that goes on, and forgets one that is over. */
export function useEndSearch(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(http.DELETE(`${at}/{search}`, { params: { path: { lab, project, search: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'searches') }),
  });
}

/** Opens what a search found to whoever asks, with a receipt. A mutation: it must not happen by itself. */
export function useOpenSearch(lab: string, project: string) {
  return useMutation({
    mutationFn: (id: string) =>
      ask(http.GET(`${at}/{search}`, { params: { path: { lab, project, search: id } } })),
  });
}
