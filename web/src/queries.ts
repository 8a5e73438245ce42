import { QueryClient } from '@tanstack/react-query';
import { hasStatus, isPassing, isVaultAway } from './api/problem';
import { sessionKey } from './session/session';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server has said no to, it says no to again. An absent vault is told at once, and asked for by VaultAway.
      retry: (failures, error) => failures < 3 && isPassing(error) && !isVaultAway(error),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});

// A session that has ended shows wherever it is noticed first: the page asks who is signed in again.
const onSignedOut = (error: unknown) => {
  if (hasStatus(error, 401)) void queries.invalidateQueries({ queryKey: sessionKey });
};
queries.getQueryCache().config.onError = onSignedOut;
queries.getMutationCache().config.onError = onSignedOut;
