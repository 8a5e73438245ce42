import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { isVaultAway } from '../api/problem';

/** How often what failed is asked again while the vault is away. */
const EVERY_MS = 5_000;

const failed = (client: QueryClient) =>
  client.getQueryCache().findAll({ type: 'active', predicate: ({ state }) => isVaultAway(state.error) });

/**
 * While the vault is away, every page says so on top, and asks again by itself. Without it nothing is shown and nothing
 * is sealed; what was saved before is safe.
 */
export function VaultAway() {
  const client = useQueryClient();
  const away = useSyncExternalStore(
    (listener) => client.getQueryCache().subscribe(listener),
    () => failed(client).length > 0,
  );
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(() => void askAgain(client), EVERY_MS);
    return () => clearInterval(timer);
  }, [away, client]);
  if (!away) return null;
  return (
    <div className="bar" data-tone="stopped" role="status">
      <strong>The vault is not there:</strong> nothing can be opened or saved now. What was saved is safe;
      this page goes on by itself as soon as it is back.
    </div>
  );
}

/** Asks one of the failed things, and the others once it answers: the page keeps saying what is wrong until then. */
async function askAgain(client: QueryClient) {
  const [first] = failed(client);
  if (!first) return;
  let answer: unknown;
  try {
    answer = await ask(client, first);
  } catch (error) {
    if (isVaultAway(error)) return;
    // It is there again, and says something else, which the page then shows.
    return client.refetchQueries({ predicate: ({ state }) => isVaultAway(state.error) });
  }
  client.setQueryData(first.queryKey, answer);
  return client.refetchQueries({ predicate: ({ state }) => isVaultAway(state.error) });
}

/** Past the cache, which would forget the failure while it waits, and take the words about it off the page. */
async function ask(client: QueryClient, { options, queryKey }: Query): Promise<unknown> {
  if (typeof options.queryFn !== 'function') throw new Error('A query without a function.');
  const { signal } = new AbortController();
  return options.queryFn({ client, queryKey, signal, meta: options.meta });
}
