import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { SuspensionReason } from '../../api/types';
import { suspensionsKey } from '../../session/suspension-bar';
import { inLab } from '../keys';

/** Both acts change what nearly every screen of the lab may show. */
export function useSuspend(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { scope: 'project' | 'person' | 'lab'; id: string; reason: SuspensionReason }) =>
      ask(http.POST('/api/labs/{lab}/suspensions', { ...inLab(lab), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lab', lab] }),
  });
}

export function useResume(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        http.DELETE('/api/labs/{lab}/suspensions/{suspension}', {
          params: { path: { lab, suspension: id } },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: suspensionsKey(lab) });
      return client.invalidateQueries({ queryKey: ['lab', lab] });
    },
  });
}
