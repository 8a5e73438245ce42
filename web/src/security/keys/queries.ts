import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inLab } from '../../studio/keys';

const keysKey = (lab: string) => ['lab', lab, 'keys'];

export function useKeys(lab: string) {
  return useQuery({
    queryKey: keysKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/keys', inLab(lab))),
    refetchInterval: 30_000,
  });
}

export function useRotate(lab: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask(http.POST('/api/labs/{lab}/keys/rotate', inLab(lab))),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey(lab) }),
  });
}

export function useChangeCustodian(lab: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (custodian: string) =>
      ask(http.POST('/api/labs/{lab}/keys/custodian', { ...inLab(lab), body: { custodian } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey(lab) }),
  });
}

export function useMakeRecoveryKey(lab: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { shares: number; threshold: number }) =>
      ask(http.POST('/api/labs/{lab}/keys/recovery', { ...inLab(lab), body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey(lab) }),
    // The shares are shown once and kept nowhere, here neither.
    gcTime: 0,
  });
}
