import type { AcceptanceState, BatchState, Estimate } from './pending-lab';

/** The figures of a project, until the generated document has them. Money in minor units. */
export interface Figures {
  asOf: string;
  progress: SlotFigures & { items: number };
  throughput: DayFigures[];
  cost: { currency: string; spent: number; acceptedItems: number; perAcceptedItem: number | null } | null;
  forecast: { remaining: number; perDay: number; doneBy: string | null };
  agreement: AgreementFigures | null;
  batches: BatchFigures[];
  people: PersonFigures[];
  stuck: StuckBatch[];
}

/** Answers wanted, by state. */
export interface SlotFigures {
  open: number;
  leased: number;
  submitted: number;
  accepted: number;
  returned: number;
  escalated: number;
  cancelled: number;
}

/** `day`: UTC, as 2026-11-22. */
export interface DayFigures {
  day: string;
  submitted: number;
  accepted: number;
}

/** Share of pairs of answers to the same item that are equal. */
export interface AgreementFigures extends Estimate {
  items: number;
}

export interface BatchFigures extends SlotFigures {
  id: string;
  code: string;
  state: BatchState;
  items: number;
  overlap: number;
  deadline: string | null;
  spent: number | null;
  currency: string | null;
  agreement: AgreementFigures | null;
  acceptance: AcceptanceState | null;
}

export interface PersonFigures {
  pseudonym: string;
  submitted: number;
  accepted: number;
  returned: number;
  gold: { right: number; of: number; low: number; high: number } | null;
  review: { accepted: number; of: number; low: number; high: number } | null;
  seconds: { median: number } | null;
}

/** A batch whose open work nobody can take. */
export interface StuckBatch {
  batch: string;
  code: string;
  open: number;
  reason: 'nobodyQualified' | 'tooFewPeople';
}
