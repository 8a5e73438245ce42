import type { EarlierListing, WorkKind, WorkRate } from '../vendor/work';

/** A pairing with a lab's node, as `/api/desk/peers` has it. */
export interface Peer {
  id: string;
  node: string;
  name: string;
  address: string;
  lab: string;
  state: 'pending' | 'active' | 'ended';
  /** 30 digits in six groups. */
  fingerprint: string;
  begunHere: boolean;
  confirmed: boolean;
  theyConfirmed: boolean;
  createdAt: string;
  endedAt: string | null;
  endedHere: boolean | null;
  keys: PeerKey[];
}

export interface PeerKey {
  kid: string;
  kind: 'federation' | 'statement';
  until: string | null;
}

export interface NewKey {
  version: number;
  told: string[];
  away: string[];
}

export type EngagementState = 'proposed' | 'inForce' | 'declined' | 'ended';

export interface EngagementRow {
  id: string;
  lab: string;
  labName: string;
  state: EngagementState;
  revision: number;
  proposed: number | null;
  placed: number;
  headcount: number;
  noticeAt: string | null;
  endsAt: string | null;
  endedBy: 'lab' | 'vendor' | null;
  /** Reason class; null while work goes on. */
  stopped: string | null;
  createdAt: string;
}

export interface AgreedRate {
  kind: WorkKind;
  unit: 'each' | 'hour';
  minorUnits: number;
  skill?: string | null;
}

export interface Terms {
  revision: number;
  programme: string;
  tier: number;
  currency: string;
  rates: AgreedRate[];
  noticeDays: number;
  pausePay: number;
  ends: string | null;
  subContractors: string[];
  clocks: { incident: number; withdrawal: number };
  headcount: number;
  byHand: boolean;
  agreements: { code: string; version: number }[];
  training: boolean;
  singleEvents: boolean;
}

export interface Brief {
  id: string;
  engagement: string;
  revision: number;
  codeName: string;
  skills: string[];
  languages: string[];
  hoursPerWeek: number;
  places: number;
  rates: AgreedRate[];
  kinds: WorkKind[];
  description: string;
  open: boolean;
  contentClasses?: string[] | null;
}

export interface BriefView {
  brief: Brief;
  receivedAt: string;
  earlier: EarlierListing | null;
}

export interface EngagementView {
  engagement: EngagementRow;
  terms: Terms | null;
  proposed: Terms | null;
  events: number;
  briefs: BriefView[];
}

export interface PlacementRow {
  id: string;
  engagement: string;
  expert: string;
  name: string;
  role: 'expert' | 'lead';
  team: string | null;
  weekHours: number;
  startedAt: string;
  vouchedUntil: string | null;
  labState: string | null;
  fault: string | null;
  missing: string[];
  endedAt: string | null;
  endReason: string | null;
}

export type SkillLevel = 'basic' | 'working' | 'expert';
export type LanguageLevel = 'a1' | 'a2' | 'b1' | 'b2' | 'c1' | 'c2' | 'native';

/** What a need asks of people: codes and numbers. */
export interface NeedTerms {
  skills: { anyOf: { code: string; level: SkillLevel; verified: boolean }[] }[];
  languages: { tag: string; level: LanguageLevel }[];
  rate?: { currency: string; maxPerHour: number } | null;
  hoursPerWeek?: number | null;
  zone?: { zone: string; from: number; to: number; overlapHours: number } | null;
  contentClasses: string[];
  agreements: string[];
  training: string[];
}

export interface Need {
  id: string;
  engagement: string;
  brief: string;
  lab: string;
  places: number;
  placed: number;
  offered: number;
  currency: string;
  rates: WorkRate[];
  weekHours: number;
  terms: NeedTerms;
  listed: boolean;
  createdAt: string;
  closedAt: string | null;
}

/** One criterion of a need, and how somebody stands to it. There is no score. */
export interface Criterion {
  kind: string;
  state: 'met' | 'notMet' | 'unknown';
  /** A sentence with both sides. */
  reason: string;
  /** Nobody can be placed without it. */
  gate: boolean;
}

export interface MatchedPerson {
  person: string;
  name: string;
  missing: number;
  rate: number | null;
  criteria: Criterion[];
}

export interface MatchPage {
  /** Who is here and in which order, in words. */
  rule: string;
  people: MatchedPerson[];
  next: string | null;
}

export interface OfferRow {
  id: string;
  expert: string;
  name: string;
  state: 'open' | 'accepted' | 'declined' | 'takenBack';
  madeAt: string;
  expiresAt: string;
  answeredAt: string | null;
}

export interface Person {
  person: string;
  name: string;
  role: 'expert' | 'manager' | 'payroll' | 'owner';
  joined: string;
  left: string | null;
}

export interface Profile {
  person: string;
  name: string;
  zone: string | null;
  hoursPerWeek: number;
  skills: {
    code: string;
    level: SkillLevel | null;
    verified: SkillLevel | null;
    verifiedUntil: string | null;
  }[];
  languages: { tag: string; level: LanguageLevel }[];
  rates: { currency: string; perHour: number }[];
  country: string | null;
  contentClasses: string[];
  listed: boolean;
  own: {
    fullName?: string | null;
    email?: string | null;
    phone?: string | null;
    about?: string | null;
  } | null;
  changedAt: string | null;
}

export type InterviewOutcome = 'passed' | 'notPassed' | 'toBeRepeated';

export interface Check {
  id: string;
  kind: string;
  passed: boolean;
  notedAt: string;
  expiresAt: string;
  inForce: boolean;
}

export interface Sitting {
  id: string;
  person: string;
  qualification: string;
  state: 'underWay' | 'toBeScored' | 'scored' | 'ranOut';
  startedAt: string;
  score: number | null;
  passed: boolean;
  goodUntil: string | null;
}

export interface Vetting {
  interviews: { id: string; template: string; heldAt: string; outcome: InterviewOutcome }[];
  checks: Check[];
  tests: Sitting[];
}

export interface Interview {
  id: string;
  heldBy: string;
  heldAt: string;
  outcome: InterviewOutcome;
  questions: string[] | null;
  answers: { said: string; judgement?: string | null }[] | null;
  why: string | null;
}

export interface RosterPerson {
  placement: string;
  expert: string;
  name: string;
  zone: string;
  role: 'expert' | 'lead';
  team: string | null;
  weekHours: number;
  minutes: number[];
  off: boolean[];
}

export interface RosterWeek {
  monday: string;
  neededHours: number;
  placedHours: number;
  placed: number;
  plannedMinutes: number[];
  people: RosterPerson[];
  next: string | null;
}

export interface Team {
  id: string;
  code: string;
  people: number;
  leads: string[];
}
