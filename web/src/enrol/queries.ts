import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askPlain, http } from '../api/client';
import type { Role } from '../api/types';
import { sessionKey } from '../session/session';
import { createPasskey } from '../session/webauthn';

interface EnrolmentOffer {
  lab: string;
  role: Role;
  expires: string;
  /** The lab's identity provider, where one may enrol through it. */
  provider?: string | null;
}

/** Which lab and role a link is for. Looking does not use it up. */
export function useEnrolmentLook(token: string | null) {
  return useQuery({
    // The token itself stays out of the query key: keys show in developer tools and logs.
    queryKey: ['enrolment'],
    queryFn: () => askPlain<EnrolmentOffer>('POST', '/api/enrolments/look', { token: token ?? '' }),
    enabled: token !== null,
    staleTime: Infinity,
  });
}

export function usePasskeyEnrolment(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) => {
      const options = await ask(http.POST('/api/enrolments/passkey/options', { body: { token, name } }));
      const credential = await createPasskey(options);
      await ask(http.POST('/api/enrolments/passkey', { body: { token, name, credential } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useTotpStart(token: string) {
  return useMutation({
    mutationFn: (name: string) => ask(http.POST('/api/enrolments/totp', { body: { token, name } })),
  });
}

export function usePasswordEnrolment(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; password: string; code: string; state: string }) =>
      ask(http.POST('/api/enrolments/password', { body: { token, ...body } })),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** Leaves for the lab's identity provider, which sends the browser back enrolled. */
export function useProviderEnrolment(token: string, lab: string) {
  return useMutation({
    mutationFn: (name: string) =>
      askPlain<{ address: string }>('POST', `/api/sign-in/oidc/${lab}`, { token, name }),
    onSuccess: ({ address }) => location.assign(address),
  });
}
