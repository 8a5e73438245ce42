import { createContext, useContext } from 'react';
import type { Membership, Session } from '../api/types';

export interface Here {
  session: Session;
  /** The person's place at the lab of this route. */
  membership: Membership;
}

export const HereContext = createContext<Here | null>(null);

/** The signed-in person at the lab of this route. Only under {@link LabShell}. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error('This screen belongs under a lab.');
  return here;
}

export const useLab = () => useHere().membership.slug;
