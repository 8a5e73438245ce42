import { http } from './client';
import type { Content, Section as PublishedSection } from './types';

/**
 * Shapes and routes of the studio that the generated document does not have yet. When it has them, the shapes become
 * names in `types.ts`, and `soon` becomes `http`.
 */
interface Parts {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> };
  headers?: Record<string, string>;
  body?: unknown;
}

type Call = <T>(path: string, parts?: Parts) => Promise<{ data?: T; error?: unknown; response: Response }>;

export const soon = http as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Call>;

export type QuestionType = 'pairwise' | 'ranking' | 'choice' | 'rating' | 'number' | 'text' | 'spans';

/** A choice, or a label of a span. `key` is its hotkey: one character. */
export interface Option {
  value: string;
  label: string;
  key?: string | null;
}

/** One question of a form; which of the lower members it has follows from its type. */
export interface FormQuestion {
  key: string;
  type: QuestionType;
  title: string;
  help?: string | null;
  required: boolean;
  showIf?: { question: string; is: string[] } | null;
  points?: number | null;
  tie?: boolean | null;
  ties?: boolean | null;
  options?: Option[] | null;
  multiple?: boolean | null;
  min?: number | null;
  max?: number | null;
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

export interface FormVersion {
  version: number;
  createdAt: string;
  inUse: boolean;
}

/** A task as somebody of a role would get it. Parts that the item does not have are absent. */
export interface PreviewTask {
  item: string;
  prompt?: Content | null;
  left?: Content | null;
  right?: Content | null;
  responses?: Content[] | null;
  text?: string | null;
  image?: { id: string; type: string; bytes: number } | null;
  prelabels?: Record<string, unknown> | null;
  receipt: number;
}

/** Who may ever get a section: a vendor as well, those who work on tasks, or only reviewers and staff. */
export type Sensitivity = 'open' | 'task' | 'staff';

/** `tags`: "facet=value"; empty for every item. */
export type Section = PublishedSection & { sensitivity?: Sensitivity; tags?: string[] };

export type ChangeKind = 'added' | 'removed' | 'changed' | 'same';

export interface SectionChange {
  key: string;
  change: ChangeKind;
  before?: Section | null;
  after?: Section | null;
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

export interface CsvShape {
  delimiter?: string;
  encoding?: string;
  quote?: string;
  header?: boolean;
}

export type FileFormat = 'jsonl' | 'json' | 'csv' | 'conll';

export interface NewImport {
  fileName: string;
  format?: FileFormat;
  csv?: CsvShape;
  conll?: { unit: 'sentence' | 'document' };
  map: Record<string, string>;
  badRows: 'keep' | 'refuse';
  update: 'refuse' | 'update' | 'skip';
}

/** One row of a previewed file: what it would become, or what is wrong with it. */
export interface PreviewRow {
  line: number;
  item?: PreviewItem | null;
  fault?: string | null;
}

export interface PreviewItem {
  external?: string | null;
  prompt?: Content | null;
  a?: Content | null;
  b?: Content | null;
  responses?: Content[] | null;
  text?: string | null;
  image?: string | null;
  prelabels?: Record<string, unknown> | null;
  gold?: Record<string, unknown> | null;
  facets?: Record<string, string> | null;
}

export interface ImportPreview {
  /** Every field that the file's rows have. */
  fields: string[];
  /** Which of them is taken for what, as far as it was recognised or asked. */
  map: Record<string, string>;
  rows: PreviewRow[];
}

export interface ItemRow {
  id: string;
  batch?: string | null;
  import?: string | null;
  gold?: boolean;
  slots: Record<string, number>;
  facets?: Record<string, string> | null;
}

export interface ItemPage {
  rows: ItemRow[];
  next?: string | null;
}

export interface Search {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed' | 'expired';
  scanned: number;
  total: number;
  found: number;
  expiresAt?: string | null;
}

export interface SearchHit {
  id: string;
  excerpt: string;
}

export interface NewDelivery {
  shape: string;
  votes: 'majority' | 'all';
  since?: string;
  batches?: string[];
  recipient?: string;
}

/** What a delivery says beside the document's members. */
export interface DeliveryScope {
  votes?: 'majority' | 'all';
  since?: string | null;
  batches?: string[] | null;
  withdrawn?: number;
}
