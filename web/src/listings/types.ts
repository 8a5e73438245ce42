export interface Listing {
  id: string;
  title: string;
  text: string;
  skills: string[];
  currency: string;
  rateFrom: number;
  rateTo: number;
  earlierRate: number | null;
  hoursPerWeek: number;
  openedAt: string;
  closedAt: string | null;
  neverCollected: string[];
}
