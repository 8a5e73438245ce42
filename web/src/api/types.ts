/** The shapes of the HTTP interface, under the names that the screens use. */

export type Role = 'owner' | 'staff' | 'reviewer' | 'annotator';

export interface Membership {
  slug: string;
  role: Role;
  pseudonym: string;
}

export interface Session {
  account: { name: string };
  labs: Membership[];
  /** The key file lies on the same disk as the data: fit for trying out, not for confidential work. */
  evaluation: boolean;
  process: string;
}

export interface EnrolmentLook {
  lab: string;
  role: Role;
  expires: string;
}

export interface TotpStart {
  /** Base32, as authenticator apps take it. */
  secret: string;
  uri: string;
  state: string;
}

export interface Person {
  pseudonym: string;
  name: string;
  role: Role;
  joined: string;
  left: string | null;
}

export interface Invitation {
  id: string;
  role: Role;
  expires: string;
}

export interface InvitationLink {
  link: string;
  token: string;
  expires: string;
}

export interface SlotCounts {
  open: number;
  leased: number;
  submitted: number;
  accepted: number;
  returned: number;
}

export interface Project {
  id: string;
  code: string;
  /** Null where the vault refused to open it. */
  name: string | null;
  description: string | null;
  createdAt: string;
  items: number;
  slots: SlotCounts;
}

export interface Section {
  key: string;
  title: string;
  body: string;
  questions: string[];
}

export interface Guidelines {
  sections: Section[];
}

export interface GuidelineVersion {
  number: number;
  publishedAt: string;
}

export interface PairwiseQuestion {
  key: string;
  type: 'pairwise';
  title: string;
  points: number;
  tie: boolean;
  required: boolean;
}

export interface TextQuestion {
  key: string;
  type: 'text';
  title: string;
  required: boolean;
  maxLength: number;
}

export type Question = PairwiseQuestion | TextQuestion;

export interface Form {
  version: number;
  questions: Question[];
}

/** An answer as the workroom gives it: sides as shown, negative means the left one is better. */
export interface QuestionAnswer {
  choice?: number;
  text?: string;
}

export type Answers = Record<string, QuestionAnswer>;

export interface BadRow {
  line: number;
  reason: string;
}

export interface Import {
  id: string;
  state: 'waiting' | 'receiving' | 'done' | 'refused' | 'interrupted' | 'failed';
  fileName: string;
  rows: number;
  imported: number;
  bad: number;
  bytes: number;
  badRows: BadRow[];
}

export interface Message {
  role: string;
  content: string;
}

/** A single text or a conversation. */
export type Content = string | Message[];

export interface ItemRow {
  id: string;
  batch?: string | null;
}

export interface Item {
  prompt: Content;
  a: Content;
  b: Content;
  external?: string | null;
}

export interface Batch {
  id: string;
  code: string;
  name: string;
  overlap: number;
  guidelineVersion: number;
  formVersion: number;
  leaseSeconds: number;
  held: number;
  items: number;
  openedAt: string;
}

export interface PersonProgress {
  pseudonym: string;
  name: string | null;
  leased: number;
  submitted: number;
  accepted: number;
  returned: number;
}

export interface Progress {
  items: number;
  slots: SlotCounts;
  people: PersonProgress[];
}

export interface DisclosedRecord {
  kind: string;
  id: string;
  version: number;
  bytes: number;
  again: boolean;
}

export interface Disclosure {
  sequence: number;
  time: string;
  act: string;
  person: { pseudonym: string; name: string | null } | null;
  purpose: string;
  records: DisclosedRecord[];
  assignment: string | null;
  refusal: string | null;
}

export interface Disclosures {
  rows: Disclosure[];
  /** Sequence number to pass as `before` for the following rows. */
  next: number | null;
}

export interface LedgerHead {
  size: number;
  root: string;
  unseals: number;
  evaluation: boolean;
  process: string;
}

export interface Receipt {
  sequence: number;
  time: string;
  act: string;
  what: string;
  who: string;
  salt: string;
  leaf: string;
}

export type SuspensionReason =
  'securityIncident' | 'qualityQuestion' | 'contractQuestion' | 'plannedPause' | 'other';

export interface Suspension {
  id: string;
  scope: { kind: 'lab' | 'project' | 'person'; id: string };
  reason: SuspensionReason;
  since: string;
  until: string | null;
  receipt: number;
  lastDisclosure: number | null;
}

export interface Delivery {
  id: string;
  shape: string;
  state: 'making' | 'done' | 'failed';
  encrypted: boolean;
  /** Items with an accepted answer when the making began. */
  items: number;
  /** How many of them have been looked at. */
  taken: number;
  rows: number;
  ties: number;
  unfit: number;
  bytes: number;
  madeAt: string;
  doneAt: string | null;
  problem: string | null;
}

export interface DeliveryKey {
  key: string;
}

export interface WorkProject {
  id: string;
  code: string;
  /** There are slots to take. */
  open: boolean;
  mine: { leased: number; submittedToday: number; acceptedToday: number; returned: number };
  suspended?: SuspensionReason | null;
}

export interface Work {
  projects: WorkProject[];
}

export interface TaskRow {
  slot: string;
  state: 'leased' | 'returned';
  leaseUntil: string | null;
}

export interface Task {
  slot: string;
  project: string;
  item: string;
  batchCode: string;
  prompt: Content;
  left: Content;
  right: Content;
  sections: Section[];
  guidelineVersion: number;
  formVersion: number;
  leaseUntil: string;
  draft: { version: number; answers: Answers } | null;
  state: 'leased' | 'returned';
  /** The reviewer's words, where the work came back. */
  reason?: string | null;
  receipt: number;
}

export interface ReviewTask {
  slot: string;
  item: string;
  prompt: Content;
  left: Content;
  right: Content;
  answers: Answers;
  annotator: string;
  sections: Section[];
  formVersion: number;
  receipt: number;
}
