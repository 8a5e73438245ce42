import type { components } from './schema';
import type { NextOffer } from './signing';

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
export type Project = Schemas['ProjectView'];
export type Section = Schemas['Section'];
export type Import = Schemas['ImportView'];
export type Batch = Schemas['BatchView'];
export type Progress = Schemas['ProgressView'];
export type PersonProgress = Schemas['PersonProgress'];
export type DisclosedRecord = Schemas['DisclosedRecord'];
export type Disclosure = Schemas['DisclosureRow'] & {
  /** The browser key that the person signed it with; null: it rests on the server's word. */
  signedWith?: string | null;
};
export type Report = Schemas['ReportView'];
export type Act = Schemas['Act'];
export type Receipt = Schemas['ReceiptView'];
export type Ledger = Schemas['LedgerView'];
export type Keys = Schemas['KeyState'];
export type Suspension = Schemas['SuspensionView'];
export type SuspensionScope = Schemas['ScopeKind'];
export type SuspensionPreview = Schemas['SuspensionPreview'];
export type SuspensionProof = Schemas['SuspensionProofView'];
export type Policy = Schemas['PolicyView'];
export type Budget = Schemas['BudgetView'];
export type Shares = Schemas['SharesView'];
export type Share = Schemas['ShareView'];
export type Proposal = Schemas['ProposalView'];
export type ProposalKind = Schemas['ProposalKind'];
export type Engagement = Schemas['EngagementView'];
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

interface Message {
  role: string;
  content: string;
}

/** A single text or a conversation. */
export type Content = string | Message[];

export type QuestionType = Schemas['QuestionType'];

/** One thing to choose: an option of a choice, or a label of spans. */
export type Option = Schemas['Option'];

/** One question of a form; which of the optional parts it has follows from its type. */
export type Question = Schemas['Question'];

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

type Picture = Schemas['TaskImage'];

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

/** A shape of the document, with the sealed JSON in it read. */
type Opened<Shape, Read> = Omit<Shape, keyof ItemContent | keyof Read> & ItemContent & Read;

export type Task = Opened<Schemas['TaskView'], { draft: { version: number; answers: Answers } | null }> & {
  /** The task that comes next, held for who signs what they open. */
  next?: NextOffer | null;
};

export type ReviewTask = Opened<Schemas['ReviewView'], { answers: Answers; reviews?: PastReview[] }>;

/** What a submission comes back with. `gold`: only for training items; its answers in shown terms. */
export type Submitted = Omit<Schemas['SubmitView'], 'gold'> & {
  gold?: (Schemas['GoldFeedbackView'] & { expected: Answers }) | null;
};

/** What a decision rests on; at least one of them. */
export type Evidence = Schemas['Evidence'];

export type ReviewDecision =
  | { decision: 'accept' }
  | { decision: 'return'; reason: string; evidence: Evidence }
  | { decision: 'correct'; reason: string; answers: Answers }
  | { decision: 'escalate'; reason: string };

export type GuidelinesToRead = Schemas['GuidelinesToRead'];

/** What people are warned of, and what this person chose; null: nothing yet. */
export type Warnings = Schemas['WarningsView'];

export type AskedQuestion = Schemas['AskedQuestionView'];
export type AppealState = Schemas['AppealState'];

/** An appeal without its words. */
export type Appeal = Schemas['AppealView'];

/** An appeal opened: its maker gets the words alone, whoever decides it the task and the answer as well. */
export type AppealContent = Opened<
  Schemas['AppealContent'],
  { answers?: Answers; sections?: Section[]; guidelineVersion?: number; formVersion?: number }
>;

/** An answer that waits for lab staff, without its content. */
export type EscalatedRow = Schemas['EscalationRow'];

/** An earlier decision on an answer. */
export type PastReview = Schemas['PastReview'];

export type FormVersion = Schemas['FormVersionView'];

/** A task as somebody of a role would get it, under a form that is still being edited. */
export type PreviewTask = ItemContent & { item: string; receipt: number; sections: Section[] };

/** Who may ever get a section: a vendor as well, those who work on tasks, or only reviewers and staff. */
export type Sensitivity = NonNullable<Section['sensitivity']>;

export type ChangeKind = Schemas['Change'];
export type SectionChange = Schemas['SectionChange'];

export type CsvShape = Schemas['CsvOptions'];
export type FileFormat = Exclude<Schemas['ImportFormat'], 'auto'>;
export type NewImport = Schemas['ImportRequest'];

/** What an import would make of a file. */
export type ImportPreview = Omit<Schemas['PreviewView'], 'rows'> & { rows: PreviewRow[] };

/** One row of a previewed file: what it would become, or what is wrong with it. */
export type PreviewRow = Omit<Schemas['PreviewRow'], 'item' | 'gold'> & {
  item: SealedItem | null;
  gold: Record<string, unknown> | null;
};

/** An item as it is sealed. */
export interface SealedItem {
  external?: string | null;
  prompt?: Content | null;
  a?: Content | null;
  b?: Content | null;
  responses?: Content[] | null;
  text?: string | null;
  image?: string | { name: string } | null;
  prelabels?: Record<string, unknown> | null;
  fields?: Record<string, unknown> | null;
}

export type ItemRow = Schemas['ItemRow'];
export type OpenedItem = Omit<Schemas['ItemView'], 'content'> & { content: SealedItem };
export type Search = Schemas['SearchView'];
export type NewDelivery = Schemas['DeliveryRequest'];

/** One answer of one's own, without its content. */
export type MyAnswer = Schemas['MyAnswer'];
