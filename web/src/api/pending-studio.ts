import { http } from './client';
import type { Content, ItemContent, Section as PublishedSection } from './types';

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

export interface FormVersion {
  version: number;
  createdAt: string;
  inUse: boolean;
}

/** A task as somebody of a role would get it, under a form that is still being edited. */
export type PreviewTask = ItemContent & { item: string; receipt: number; sections: Section[] };

/** Who may ever get a section: a vendor as well, those who work on tasks, or only reviewers and staff. */
export type Sensitivity = 'open' | 'task' | 'staff';

/** `tags`: "facet=value"; empty for every item. */
export type Section = Omit<PublishedSection, 'tags'> & { sensitivity?: Sensitivity; tags?: string[] | null };

export type ChangeKind = 'added' | 'removed' | 'changed' | 'same';

export interface SectionChange {
  key: string;
  change: ChangeKind;
  before?: Section | null;
  after?: Section | null;
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

/** What an import did beside the document's members: items that got a new version, rows that were passed over. */
export interface ImportCounts {
  updated?: number;
  skipped?: number;
}

/** One row of a previewed file: what it would become, or what is wrong with it. */
export interface PreviewRow {
  line: number;
  item?: SealedItem | null;
  gold?: Record<string, unknown> | null;
  facets?: Record<string, string> | null;
  fault?: string | null;
}

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

export interface ImportPreview {
  format: FileFormat;
  /** The one that was found or given; null where the file is no table. */
  delimiter: string | null;
  /** Fields of the first row. */
  fields: string[];
  /** From part of an item to the field that is recognised as it. */
  suggested: Record<string, string>;
  rows: PreviewRow[];
  /** Why it cannot be read as a whole. */
  fault: string | null;
}

export interface ItemRow {
  id: string;
  batch?: string | null;
  import?: string | null;
  gold?: boolean;
  /** The state of each of its slots. */
  slots: string[];
  facets?: Record<string, string> | null;
}

export interface OpenedItem {
  id: string;
  content: SealedItem;
  version: number;
  receipt: number;
}

export interface ItemPage {
  rows: ItemRow[];
  next?: string | null;
}

export interface Search {
  id: string;
  state: 'scanning' | 'done' | 'cancelled' | 'stopped';
  /** What is looked for; not in lists. */
  text: string | null;
  field: string | null;
  scanned: number;
  total: number;
  found: number;
  /** The first 1,000; none in lists. */
  items: SearchFind[];
  requestedAt: string;
  expiresAt: string;
}

export interface SearchFind {
  id: string;
  field: string;
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
