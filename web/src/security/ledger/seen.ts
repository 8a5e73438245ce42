/** The checkpoint that this browser saw last, per node and lab: what the next one must be an extension of. */
export interface Seen {
  origin: string;
  key: string;
  size: number;
  root: string;
  at: string;
}

const place = (lab: string) => `cofferdam/checkpoint/${lab}`;

export function lastSeen(lab: string): Seen | null {
  try {
    return JSON.parse(localStorage.getItem(place(lab)) ?? 'null') as Seen | null;
  } catch {
    return null;
  }
}

export function remember(lab: string, seen: Seen) {
  localStorage.setItem(place(lab), JSON.stringify(seen));
}
