import type { components } from './schema';

/**
 * The shapes of the HTTP interface under the names that the screens use. They are generated from the node's OpenAPI
 * document; only what the document leaves open, because it is sealed JSON, is written here.
 */
type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type Membership = Schemas['SessionLab'];
export type Session = Schemas['SessionView'];
export type Person = Schemas['PersonView'];
export type Invitation = Schemas['InvitationView'];
export type SlotCounts = Schemas['SlotCounts'];
export type Project = Schemas['ProjectView'];
export type Section = Schemas['Section'];
export type Import = Schemas['ImportView'];
export type Batch = Schemas['BatchView'];
export type Progress = Schemas['ProgressView'];
export type PersonProgress = Schemas['PersonProgress'];
export type DisclosedRecord = Schemas['DisclosedRecord'];
export type Disclosure = Schemas['DisclosureRow'];
export type Report = Schemas['ReportView'];
export type Act = Schemas['Act'];
export type Receipt = Schemas['ReceiptView'];
export type Suspension = Schemas['SuspensionView'];
export type SuspensionReason = NonNullable<Schemas['ReasonClass']>;
export type Delivery = Schemas['DeliveryView'];
export type WorkProject = Schemas['WorkProject'];
export type TaskRow = Schemas['HeldTask'];

export type SkillList = Schemas['SkillList'];
export type NewBatch = Schemas['BatchRequest'];
export type BatchState = Schemas['BatchState'];
export type OperationKind = Schemas['OperationKind'];
export type SlotState = Schemas['SlotState'];
export type OperationRequest = Schemas['OperationRequest'];
export type Operation = Schemas['OperationView'];
export type OperationRow = Schemas['OperationRow'];
export type Estimate = Schemas['Estimate'];
export type AcceptanceDetail = Schemas['AcceptanceDetail'];
export type AcceptanceDecision = Schemas['AcceptanceDecision'];
export type BiasScan = Schemas['BiasView'];
export type SideFigures = Schemas['SideView'];
export type TokenScope = Schemas['TokenScope'];
export type TokenMade = Schemas['TokenMade'];
export type Token = Schemas['TokenView'];
export type OwnSession = Schemas['OwnSession'];
export type NoticeTopic = Schemas['NoticeTopic'];
export type NoticeMail = Schemas['MailView'];
export type NoticeRow = Schemas['NoticeView'];
export type NoticePage = Schemas['NoticePage'];
export type Figures = Schemas['FiguresView'];
export type DayFigures = Schemas['DayFigures'];
export type BatchFigures = Schemas['BatchFigures'];
export type PersonFigures = Schemas['PersonFigures'];
export type StuckBatch = Schemas['StuckBatch'];
export type AcceptanceState = NonNullable<Schemas['AcceptanceState']>;
export type Acceptance = Schemas['AcceptanceView'] & { state: AcceptanceState };

/** Answers wanted, by state. */
export type SlotFigures = Omit<Schemas['ProgressFigures'], 'items'>;

/** How a batch runs: all that may be changed while it does. Money in minor units. */
export type BatchSettings = Pick<
  Batch,
  | 'leaseSeconds'
  | 'held'
  | 'adaptive'
  | 'priority'
  | 'deadline'
  | 'price'
  | 'priceCap'
  | 'currency'
  | 'dailyCap'
  | 'rework'
  | 'maxRounds'
  | 'goldPercent'
  | 'goldFeedback'
  | 'reviewPercent'
  | 'secondReviewPercent'
  | 'requires'
  | 'warning'
>;

export type InvitedRole = Exclude<Role, 'owner'>;

export interface Message {
  role: string;
  content: string;
}

/** A single text or a conversation. */
export type Content = string | Message[];

// ---------------------------------------------------------------------------------------------------------------
// To come from the schema, once the document is generated anew: the second part's forms, items and work.

export type QuestionType = 'pairwise' | 'ranking' | 'choice' | 'rating' | 'number' | 'text' | 'spans';

/** One thing to choose: an option of a choice, or a label of spans. `key`: its hotkey, one character. */
export interface Option {
  value: string;
  label: string;
  key?: string | null;
}

/** One question of a form; which of the optional parts it has follows from its type. */
export interface Question {
  key: string;
  type: QuestionType;
  title: string;
  help?: string | null;
  required: boolean;
  /** Asked only where the earlier question was answered with one of these. */
  showIf?: { question: string; is: string[] } | null;
  /** Pairwise: steps of the scale. Rating: 2 to 11. */
  points?: number | null;
  tie?: boolean | null;
  ties?: boolean | null;
  options?: Option[] | null;
  multiple?: boolean | null;
  /** Choice: fewest and most options. Number: lowest and highest. */
  min?: number | null;
  max?: number | null;
  /** Rating: its first point, 0 or 1. */
  from?: number | null;
  low?: string | null;
  high?: string | null;
  whole?: boolean | null;
  unit?: string | null;
  maxLength?: number | null;
  markdown?: boolean | null;
  labels?: Option[] | null;
  overlap?: boolean | null;
}

/** A marked stretch of the item's text: offsets in Unicode code points, end exclusive. */
export interface Span {
  start: number;
  end: number;
  label: string;
}

/** An answer as the workroom gives it: in shown terms; a pairwise choice below 0 means the left one is better. */
export interface QuestionAnswer {
  choice?: number;
  /** One rank per shown response, 1 is best; 0: not placed yet (in drafts only). */
  ranks?: number[];
  values?: string[];
  rating?: number;
  number?: number;
  text?: string;
  spans?: Span[];
  /** Said by the server of a sealed answer to a question for which there was a suggestion. */
  prelabel?: 'kept' | 'changed';
}

export type Answers = Record<string, QuestionAnswer>;

export interface Picture {
  id: string;
  type: string;
  bytes: number;
}

/** What an item may hold; what it has not is absent. */
export interface ItemContent {
  prompt?: Content;
  left?: Content;
  right?: Content;
  /** In the order shown to this person. */
  responses?: Content[];
  text?: string;
  image?: Picture;
  /** Suggestions that came with the item, in shown terms. */
  prelabels?: Answers;
}

export type Task = Omit<Schemas['TaskView'], keyof ItemContent | 'draft'> &
  ItemContent & {
    draft: { version: number; answers: Answers } | null;
    /** Times it was returned. */
    rounds?: number;
  };

export type ReviewTask = Omit<Schemas['ReviewView'], keyof ItemContent | 'answers'> &
  ItemContent & {
    answers: Answers;
    /** What was decided of it before; only for whoever decides last. */
    reviews?: PastReview[];
  };

/** What a submission comes back with. `gold`: only for training items; its answers in shown terms. */
export interface Submitted {
  state: string;
  gold?: { correct: boolean; explanation?: string | null; expected: Answers } | null;
}

/** What a decision rests on; at least one of them. */
export interface Evidence {
  section?: string | null;
  question?: string | null;
  quote?: string | null;
}

export type ReviewDecision =
  | { decision: 'accept' }
  | { decision: 'return'; reason: string; evidence: Evidence }
  | { decision: 'correct'; reason: string; answers: Answers }
  | { decision: 'escalate'; reason: string };

export interface GuidelinesToRead {
  version: number;
  /** The last version that this person acknowledged; 0: none. */
  from: number;
  sections: {
    key: string;
    title: string;
    /** Null where it was removed. */
    body: string | null;
    change: 'added' | 'removed' | 'changed' | 'same';
    /** What it said, where it was changed. */
    before: string | null;
  }[];
}

/** What people are warned of, and what this person chose; null: nothing yet. */
export interface Warnings {
  warnings: { key: string; label: string }[];
  accepted: boolean | null;
}

export interface AskedQuestion {
  id: string;
  askedAt: string;
  by: string;
  slot: string | null;
  text: string;
  answer?: string | null;
  answeredAt?: string | null;
  published: boolean;
}

export type AppealState = 'open' | 'upheld' | 'dismissed' | 'overtaken';

/** An appeal without its words. */
export interface Appeal {
  id: string;
  slot: string;
  state: AppealState;
  madeAt: string;
  person: string;
  mayDecide: boolean;
  decidedAt: string | null;
}

/** An appeal opened: its maker gets the words alone, whoever decides it the task and the answer as well. */
export interface AppealContent extends ItemContent {
  id: string;
  slot: string;
  state: AppealState;
  person: string;
  mayDecide: boolean;
  /** Its maker's. */
  words: string;
  /** Why the answer was returned. */
  returned: string | null;
  evidence?: Evidence | null;
  /** The words for the decision, once there is one. */
  decision: string | null;
  answers?: Answers;
  sections?: Section[];
  guidelineVersion?: number;
  formVersion?: number;
}

/** An answer that waits for lab staff, without its content. */
export interface EscalatedRow {
  slot: string;
  item: string;
  batch: string;
  annotator: string;
  /** Times it was returned. */
  rounds: number;
  submittedAt: string | null;
}

/** An earlier decision on an answer. */
export interface PastReview {
  reviewer: string;
  kind: string;
  decision: string;
  decidedAt: string;
  reason: string | null;
  evidence?: Evidence | null;
}

/** One answer of one's own, without its content. */
export interface MyAnswer {
  slot: string;
  batchCode: string;
  state: 'submitted' | 'accepted' | 'returned' | 'escalated' | 'cancelled';
  submittedAt: string;
  seconds: number;
  rounds: number;
}

export interface MyDay {
  today: {
    answered: number;
    accepted: number;
    returned: number;
    seconds: number;
    gold?: { right: number; of: number } | null;
  };
  answers: MyAnswer[];
}
