import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask, http } from '../api/client';
import { hasStatus } from '../api/problem';
import type { Membership, Role, Session } from '../api/types';
import { eraseAllKept, eraseKeptOfOthers } from '../workroom/kept';

export const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. */
export async function fetchSession(): Promise<Session | null> {
  try {
    return await ask(http.GET('/api/session'));
  } catch (error) {
    if (hasStatus(error, 401)) return null;
    throw error;
  }
}

export function useSession() {
  const session = useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 60_000 });
  const labs = session.data?.labs;
  useEffect(() => {
    // A shared machine: what another person's session left here unsent is not this person's to keep.
    if (labs) void eraseKeptOfOthers(labs.map((lab) => lab.pseudonym));
  }, [labs]);
  return session;
}

/** Ends the session here and at the server, and erases what this browser kept. */
export function useSignOut() {
  const client = useQueryClient();
  return async () => {
    await ask(http.POST('/api/sign-out'));
    await eraseAllKept();
    client.clear();
    location.assign('/sign-in');
  };
}

/** Whoever runs the work: project managers and owners. */
export const isStaff = ({ role }: Membership) => role === 'projectManager' || role === 'owner';

/** Looks at who was shown what and at the figures; opens no content and changes nothing. */
export const isAuditor = ({ role }: Membership) => role === 'auditor';

export const roleNames: Record<Role, string> = {
  owner: 'Owner',
  projectManager: 'Project manager',
  reviewer: 'Reviewer',
  auditor: 'Auditor',
  annotator: 'Expert',
};

/** A role as an invitation names it: of a lab, or of a vendor. */
export const roleWord = (role: string) => (role in roleNames ? roleNames[role as Role] : role).toLowerCase();
