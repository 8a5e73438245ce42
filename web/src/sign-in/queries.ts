import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askPlain, http } from '../api/client';
import { sessionKey } from '../session/session';
import { askPasskey } from '../session/webauthn';

export function usePasskeySignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const options = await ask(http.POST('/api/sign-in/passkey/options'));
      const credential = await askPasskey(options);
      await ask(http.POST('/api/sign-in/passkey', { body: { credential } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function usePasswordSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; password: string; code: string }) =>
      ask(http.POST('/api/sign-in/password', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** A lab whose own people sign in through an identity provider. */
export interface SignInProvider {
  lab: string;
  name: string;
}

export function useProviders() {
  return useQuery({
    queryKey: ['sign-in-providers'],
    queryFn: () => askPlain<SignInProvider[]>('GET', '/api/sign-in/oidc'),
    staleTime: Infinity,
  });
}
