import type { MyPlacement } from '../types';

/** What a lab's page asks for. */
export interface Asked {
  /** The lab's slug, as its page says. */
  lab: string;
  /** RFC 7638 thumbprint of the browser key that its page made. */
  jkt: string;
  back: string;
}

/** Reads the fragment that a lab's page sends; null where something of it is missing or wrong. */
export function asked(hash: string): Asked | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const [lab, jkt, back] = [given.get('lab'), given.get('jkt'), given.get('back')];
  if (!lab || !jkt || !/^[A-Za-z0-9_-]{43}$/.test(jkt) || !back || !isPage(back)) return null;
  return { lab, jkt, back };
}

/** Whether a placement is at the lab whose page asked: its own address, not what the page calls itself. */
export const isAt = ({ lab, labAddress }: MyPlacement, request: Asked) =>
  lab === request.lab && new URL(labAddress).origin === new URL(request.back).origin;

const isPage = (address: string) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
