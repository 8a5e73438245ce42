import type { Role, SuspensionReason } from './types';

/** Shapes of the lab's own screens that the generated document does not have yet; when it has, they become names in `types.ts`. */

export interface SkillList {
  skills?: string[] | null;
  languages?: string[] | null;
}

/** How a batch runs: all that may be changed while it does. Money in minor units. */
export interface BatchSettings {
  leaseSeconds: number;
  held: number;
  adaptive: boolean;
  /** 0 to 9; the highest is worked on first. */
  priority: number;
  deadline: string | null;
  price: number | null;
  priceCap: number | null;
  currency: string | null;
  dailyCap: number | null;
  rework: 'same' | 'another';
  maxRounds: number;
  goldPercent: number;
  goldFeedback: 'training' | 'kept';
  reviewPercent: number;
  secondReviewPercent: number;
  requires: SkillList | null;
  warning: boolean;
}

export interface NewBatch extends BatchSettings {
  name: string;
  overlap: number;
  /** The newest where not given. */
  guidelineVersion?: number;
  formVersion?: number;
  filter?: Record<string, string>;
  limit?: number;
}

export type BatchState = 'opening' | 'open' | 'paused' | 'closed' | 'cancelled';

export interface LabBatch extends BatchSettings {
  id: string;
  code: string;
  name: string | null;
  state: BatchState;
  items: number;
  overlap: number;
  guidelineVersion: number;
  formVersion: number;
  openedAt: string;
  limit: number | null;
  pauseReason: SuspensionReason | null;
  pauseWords: string | null;
  /** What `If-Match` must say with the next change. */
  revision: number;
}

export type OperationKind = 'return' | 'cancel' | 'reassign' | 'reprioritise' | 'release';
export type SlotState =
  | 'open'
  | 'leased'
  | 'submitted'
  | 'accepted'
  | 'returned'
  | 'escalated'
  | 'cancelled';

export interface OperationRequest {
  kind: OperationKind;
  batch?: string;
  person?: string;
  state?: SlotState;
  items?: string[];
  reason?: string;
  priority?: number;
  to?: string;
}

export interface Operation {
  /** Null in a preview. */
  id: string | null;
  slots: number;
  people: number;
  drafts: number;
  undoable: boolean;
  sentence: string;
}

export interface OperationRow {
  id: string;
  kind: OperationKind;
  batch: string | null;
  slots: number;
  madeBy: string;
  madeAt: string;
  undoneAt: string | null;
}

/** A share from 0 to 1 with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export type AcceptanceState = 'drawn' | 'accepted' | 'partly' | 'rejected';

/** One round of judging a batch by a sample of its answers. */
export interface Acceptance {
  id: string;
  batch: string;
  number: number;
  state: AcceptanceState;
  population: number;
  sample: number;
  judged: number;
  defects: number;
  rate: Estimate | null;
  drawnAt: string;
  drawnBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  settled: boolean;
}

export interface AcceptanceDetail {
  acceptance: Acceptance;
  reason: string | null;
  found: {
    slot: string;
    item: string;
    annotator: string | null;
    judge: string | null;
    reason: string | null;
  }[];
}

export type AcceptanceDecision = 'accept' | 'partly' | 'reject';

/** An escalated answer in the list, without its content. */
export interface Escalation {
  slot: string;
  item: string;
  batch: string;
  annotator: string;
  rounds: number;
  submittedAt: string | null;
}

export interface BiasScan {
  id: string;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  scanned: number;
  total: number;
  requestedAt: string;
  requestedBy: string;
  endedAt: string | null;
  problem: string | null;
  people: SideFigures[] | null;
}

/** How often somebody preferred the response on each side. */
export interface SideFigures {
  pseudonym: string;
  left: number;
  right: number;
  tie: number;
  /** Left of left and right. */
  share: Estimate | null;
  p: number;
  /** `p` corrected for looking at everybody at once. */
  adjusted: number;
}

export type TokenScope = 'read' | 'import' | 'manage' | 'deliver' | 'work';

export interface TokenMade {
  id: string;
  name: string;
  scopes: TokenScope[];
  expiresAt: string;
  secret: string;
}

export interface Token {
  id: string;
  name: string;
  scopes: TokenScope[];
  owner: string;
  ownerName: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export interface OwnSession {
  id: string;
  kind: 'unknown' | 'passkey' | 'password';
  createdAt: string;
  lastSeenAt: string;
  endsAt: string;
  current: boolean;
}

export type NoticeTopic = 'myWork' | 'projects' | 'access';

export interface NoticeMail {
  offered: boolean;
  hasAddress: boolean;
  confirmed: boolean;
  topics: NoticeTopic[];
}

export interface NoticeRow {
  id: string;
  /** See `session/notices/words.ts`; a newer node may know more kinds. */
  kind: string;
  project: string | null;
  code: string | null;
  subject: string | null;
  at: string;
  readAt: string | null;
}

export interface NoticePage {
  rows: NoticeRow[];
  unread: number;
  next: string | null;
}

export type InvitedRole = Exclude<Role, 'owner'>;
