import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../api/client';
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
