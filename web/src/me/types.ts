import type { EarlierListing, WorkRate } from '../vendor/work';

export interface MyOffer {
  id: string;
  need: string;
  lab: string;
  codeName: string | null;
  description: string | null;
  skills: string[];
  languages: string[];
  contentClasses: string[];
  currency: string;
  rates: WorkRate[];
  weekHours: number;
  noticeDays: number;
  /** Percent. */
  pausePay: number;
  earlier: EarlierListing | null;
  missing: string[];
  madeAt: string;
  expiresAt: string;
}

export interface MyPlacement {
  id: string;
  lab: string;
  labAddress: string;
  codeName: string | null;
  role: 'expert' | 'lead';
  currency: string;
  rates: WorkRate[];
  weekHours: number;
  noticeDays: number;
  startedAt: string;
  vouchedUntil: string | null;
  labState: string | null;
  fault: string | null;
  missing: string[];
  endsAt: string | null;
  endedAt: string | null;
  endReason: string | null;
}

export interface StoppedWork {
  placement: string;
  lab: string;
  /** Null: all of the engagement. */
  project: string | null;
  reason: string | null;
  since: string;
  seconds: number;
  begun: number;
}

export interface OpenWork {
  need: string;
  lab: string;
  codeName: string | null;
  currency: string;
  rates: WorkRate[];
  weekHours: number;
  free: number;
}

export interface MyWork {
  stopped: StoppedWork[];
  open: OpenWork[];
}

export interface Notice {
  id: string;
  kind: string;
  lab: string;
  project: string | null;
  reason: string | null;
  at: string;
  read: boolean;
}

export interface EnrolmentStatement {
  statement: string;
  back: string;
}

export interface HeldField {
  field: string;
  purpose: string;
  sealed: boolean;
  records: number | null;
  days: number | null;
  until: string | null;
  onErasure: string;
}

export interface Read {
  receipt: number;
  at: string;
  by: string;
  role: string | null;
  purpose: string;
  fields: string[];
  records: number;
  refused: boolean;
  sound: boolean;
}

export interface OwnData {
  person: string;
  name: string;
  role: string;
  since: string;
  fields: HeldField[];
  lastReads: Read[];
  incidents: { since: string; what: string }[];
  neverCollected: string[];
}

export interface ErasureForetold {
  confirm: string;
  records: number;
  does: string[];
  stays: string[];
}
