import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { SuspensionReason, SuspensionScope } from '../../api/types';
import { inLab } from '../keys';

/** What is suspended. Without an id: the lab, all exports, or sends to any model. */
export interface Scope {
  scope: SuspensionScope;
  id?: string;
}

export interface NewSuspension extends Scope {
  reason: SuspensionReason;
  until: string | null;
  drill: boolean;
}

/** What a suspension would stop, counted by the server. */
export function usePreview(lab: string, { scope, id }: Scope) {
  return useQuery({
    queryKey: ['lab', lab, 'suspension-preview', scope, id],
    queryFn: () =>
      ask(http.POST('/api/labs/{lab}/suspensions/preview', { ...inLab(lab), body: { scope, id } })),
    // What stood there a moment ago is not what would be stopped now.
    staleTime: 0,
    gcTime: 0,
  });
}

/** Both acts change what nearly every screen of the lab may show. */
export function useSuspend(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSuspension) =>
      ask(http.POST('/api/labs/{lab}/suspensions', { ...inLab(lab), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab', lab] }),
  });
}

/** Hands out a sentence where it takes a second person, and nothing where it is lifted. */
export function useResume(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        http.DELETE('/api/labs/{lab}/suspensions/{suspension}', {
          params: { path: { lab, suspension: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab', lab] }),
  });
}
