import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askPlain } from '../api/client';
import { hasStatus } from '../api/problem';
import { sessionKey } from '../session/session';

const PAUSE = 5_000;

/**
 * Hears from the node at once when work on a project stops for this person, and when the session has ended.
 * @returns The reason class while it is stopped, as far as this page was told.
 */
export function useTold(lab: string, project: string): string | null {
  const client = useQueryClient();
  const [suspended, setSuspended] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    const listen = async () => {
      let known: string | null = null;
      while (!left) {
        try {
          const path = `/api/labs/${lab}/told/${project}${known === null ? '' : `?known=${known}`}`;
          const told: { suspended: string | null } = await askPlain('GET', path);
          known = told.suspended ?? 'none';
          if (!left) setSuspended(told.suspended);
        } catch (error) {
          if (hasStatus(error, 401)) return void client.invalidateQueries({ queryKey: sessionKey });
          // The line is down, or the node has nothing to say: the page asks once a minute too.
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
          known = null;
        }
      }
    };
    void listen();
    return () => {
      left = true;
    };
  }, [client, lab, project]);
  return suspended;
}
