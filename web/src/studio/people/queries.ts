import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { Role } from '../../api/types';
import { inLab, invitationsKey, peopleKey } from '../keys';

export function usePeople(lab: string) {
  return useQuery({
    queryKey: peopleKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/people', inLab(lab))),
  });
}

export function useInvitations(lab: string) {
  return useQuery({
    queryKey: invitationsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/invitations', inLab(lab))),
  });
}

export function useInvite(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (role: Role) =>
      ask(http.POST('/api/labs/{lab}/invitations', { ...inLab(lab), body: { role } })),
    // The link is a secret that is shown once: it does not stay in the cache when its dialog is gone.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsKey(lab) }),
  });
}

export function useRevoke(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        http.DELETE('/api/labs/{lab}/invitations/{invitation}', {
          params: { path: { lab, invitation: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsKey(lab) }),
  });
}
