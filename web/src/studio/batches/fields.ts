import type { Batch, BatchSettings, NewBatch } from '../../api/types';

type Amount = number | '';

/** The settings of a batch as they stand in fields: times in minutes, money in whole units, codes in a line of text. */
export interface Fields {
  name: string;
  overlap: Amount;
  adaptive: boolean;
  guidelineVersion: string;
  formVersion: string;
  facet: string;
  facetValue: string;
  limit: Amount;
  leaseMinutes: Amount;
  held: Amount;
  dailyCap: Amount;
  priority: Amount;
  deadline: string;
  currency: string;
  price: Amount;
  priceCap: Amount;
  rework: 'same' | 'another';
  maxRounds: Amount;
  goldPercent: Amount;
  goldFeedback: 'training' | 'kept';
  reviewPercent: Amount;
  secondReviewPercent: Amount;
  skills: string;
  languages: string;
  warning: boolean;
}

export type SetFields = (part: Partial<Fields>) => void;

export const startFields: Fields = {
  name: '',
  overlap: 2,
  adaptive: false,
  guidelineVersion: '',
  formVersion: '',
  facet: '',
  facetValue: '',
  limit: '',
  leaseMinutes: 15,
  held: 3,
  dailyCap: '',
  priority: 5,
  deadline: '',
  currency: 'EUR',
  price: '',
  priceCap: '',
  rework: 'same',
  maxRounds: 2,
  goldPercent: 0,
  goldFeedback: 'kept',
  reviewPercent: 100,
  secondReviewPercent: 0,
  skills: '',
  languages: '',
  warning: false,
};

export function fieldsOf(batch: Batch): Fields {
  const unit = minorUnits(batch.currency);
  return {
    ...startFields,
    ...batch,
    name: batch.name ?? batch.code,
    guidelineVersion: String(batch.guidelineVersion),
    formVersion: String(batch.formVersion),
    limit: batch.limit ?? '',
    leaseMinutes: batch.leaseSeconds / 60,
    dailyCap: batch.dailyCap ?? '',
    deadline: batch.deadline ? localTime(batch.deadline) : '',
    currency: batch.currency ?? 'EUR',
    price: batch.price === null ? '' : batch.price / unit,
    priceCap: batch.priceCap === null ? '' : batch.priceCap / unit,
    skills: (batch.requires?.skills ?? []).join(', '),
    languages: (batch.requires?.languages ?? []).join(', '),
  };
}

export function settingsOf(fields: Fields): BatchSettings {
  const unit = minorUnits(fields.currency);
  const minor = (amount: Amount) => (amount === '' ? null : Math.round(amount * unit));
  const requires = { skills: codes(fields.skills), languages: codes(fields.languages) };
  const asks = requires.skills.length + requires.languages.length > 0;
  return {
    leaseSeconds: Math.round(Number(fields.leaseMinutes) * 60),
    held: Number(fields.held),
    adaptive: fields.adaptive && Number(fields.overlap) > 1,
    priority: Number(fields.priority),
    deadline: fields.deadline ? new Date(fields.deadline).toISOString() : null,
    price: minor(fields.price),
    priceCap: fields.price === '' ? null : minor(fields.priceCap),
    currency: fields.price === '' ? null : fields.currency,
    dailyCap: fields.dailyCap === '' ? null : fields.dailyCap,
    rework: fields.rework,
    maxRounds: Number(fields.maxRounds),
    goldPercent: Number(fields.goldPercent),
    goldFeedback: fields.goldFeedback,
    reviewPercent: Number(fields.reviewPercent),
    secondReviewPercent: Number(fields.secondReviewPercent),
    requires: asks ? requires : null,
    warning: fields.warning,
  };
}

export function newBatchOf(fields: Fields): NewBatch {
  const batch: NewBatch = {
    ...settingsOf(fields),
    name: fields.name.trim(),
    overlap: Number(fields.overlap),
  };
  if (fields.guidelineVersion !== '') batch.guidelineVersion = Number(fields.guidelineVersion);
  if (fields.formVersion !== '') batch.formVersion = Number(fields.formVersion);
  if (fields.facet && fields.facetValue.trim()) batch.filter = { [fields.facet]: fields.facetValue.trim() };
  if (fields.limit !== '') batch.limit = fields.limit;
  return batch;
}

/** Only what differs, so that two people who change different settings do not undo each other. */
export function changeOf(before: Batch, fields: Fields): Partial<BatchSettings> {
  const [was, now] = [settingsOf(fieldsOf(before)), settingsOf(fields)];
  const changed = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key as keyof BatchSettings]),
  );
  return Object.fromEntries(changed);
}

/** What work in a batch amounts to at most; null without a price. In minor units. */
export function worstCost(fields: Fields, items: number | null): number | null {
  const { price, priceCap } = settingsOf(fields);
  if (price === null || items === null) return null;
  const most = price * items * (Number(fields.overlap) + (fields.adaptive ? 1 : 0));
  return priceCap === null ? most : Math.min(most, priceCap);
}

/** Codes of skills or languages, parted by commas or spaces, each once. */
export const codes = (text: string) => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
];

/** How many of a currency's smallest unit make a whole one. */
function minorUnits(currency: string | null): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? 'EUR' });
    return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  } catch {
    // Not a currency yet, while it is being typed.
    return 100;
  }
}

/** A moment as a field for local date and time wants it. */
function localTime(iso: string): string {
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
