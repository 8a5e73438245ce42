import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askPlain, http } from '../../api/client';
import type { Role, SkillList } from '../../api/types';
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
    mutationFn: (body: { role: Role; engagement: string | null }) =>
      ask(http.POST('/api/labs/{lab}/invitations', { ...inLab(lab), body })),
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

const personOf = (lab: string, person: string) => `/api/labs/${lab}/people/${person}`;
const skillsKey = (lab: string, person: string) => ['lab', lab, 'skills', person] as const;

export function useSkills(lab: string, person: string) {
  return useQuery({
    queryKey: skillsKey(lab, person),
    queryFn: () => askPlain<SkillList>('GET', `${personOf(lab, person)}/skills`),
  });
}

export function useSaveSkills(lab: string, person: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (skills: SkillList) => askPlain<SkillList>('PUT', `${personOf(lab, person)}/skills`, skills),
    onSuccess: (saved) => client.setQueryData(skillsKey(lab, person), saved),
  });
}

/** Signs a member out everywhere; an owner's act. */
export const useEndSessionsOf = (lab: string, person: string) =>
  useMutation({ mutationFn: () => askPlain<void>('DELETE', `${personOf(lab, person)}/sessions`) });
