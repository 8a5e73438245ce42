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
export type Question = Schemas['Question'];
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

/** An answer as the workroom gives it: sides as shown, negative means the left one is better. */
export interface QuestionAnswer {
  choice?: number;
  text?: string;
}

export type Answers = Record<string, QuestionAnswer>;

export interface Message {
  role: string;
  content: string;
}

/** A single text or a conversation. */
export type Content = string | Message[];

interface Opened {
  prompt: Content;
  left: Content;
  right: Content;
}

export type Task = Omit<Schemas['TaskView'], keyof Opened | 'draft'> &
  Opened & { draft: { version: number; answers: Answers } | null };

export type ReviewTask = Omit<Schemas['ReviewView'], keyof Opened | 'answers'> &
  Opened & { answers: Answers };
