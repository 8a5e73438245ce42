import { reasonWord } from '../session/suspensions';
import { money } from '../ui/format';

/** What a lab has people do; every kind is paid. */
export type WorkKind = 'task' | 'reading' | 'qualification' | 'question' | 'rework' | 'review';

/** Minor units of a currency named beside it. */
export interface WorkRate {
  kind: WorkKind;
  /** For one piece. */
  each: number;
  /** For an hour of counted time. */
  hour: number;
}

/** What the same work paid when it was listed before. */
export interface EarlierListing {
  listedAt: string;
  currency: string;
  rates: WorkRate[];
  weekHours: number;
  /** The lab says that it is the same work. */
  sure: boolean;
}

export const workKinds: [WorkKind, string][] = [
  ['task', 'Tasks'],
  ['review', 'Reviews'],
  ['rework', 'Rework'],
  ['reading', 'Reading guidelines'],
  ['qualification', 'Qualification'],
  ['question', 'Questions to the lab'],
];

export const kindName = (kind: string) => workKinds.find(([known]) => known === kind)?.[1] ?? kind;

/** "12.00 € each and 30.00 € an hour". */
export function rateInWords({ each, hour }: Pick<WorkRate, 'each' | 'hour'>, currency: string): string {
  const parts = [
    ...(each > 0 ? [`${money(each, currency)} each`] : []),
    ...(hour > 0 ? [`${money(hour, currency)} an hour`] : []),
  ];
  return parts.join(' and ') || 'not paid';
}

/** How a rate compares with what the same work paid before. */
export function comparedWith(rate: WorkRate, currency: string, earlier: EarlierListing): string {
  const before = earlier.rates.find(({ kind }) => kind === rate.kind);
  if (!before) return '';
  const words = rateInWords(before, earlier.currency);
  if (earlier.currency !== currency) return words;
  const [less, more] = [
    rate.each < before.each || rate.hour < before.hour,
    rate.each > before.each || rate.hour > before.hour,
  ];
  return less && more
    ? `${words}: mixed`
    : less
      ? `${words}: less now`
      : more
        ? `${words}: more now`
        : `${words}: the same`;
}

/** Seconds as hours and minutes: "3 h 05 min". */
export function hours(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const words = `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return seconds < 0 ? `−${words}` : words;
}

/** Classes of reasons come as nodes write them to one another: `quality-question`. */
const camel = (reason: string) => reason.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Why a lab stopped work, by its class. */
export const stopWord = (reason: string | null | undefined) => reasonWord(reason && camel(reason));

/** Why a placement or an engagement ended. */
export const endWord = (reason: string) => endReasons[camel(reason)] ?? reason;

/** What keeps a vendor from vouching for somebody, in words, by the node's codes. */
export function missingWord(code: string): string {
  const [what, which] = code.split(':');
  switch (what) {
    case 'agreement':
      return which
        ? `the agreement “${which}” is not signed in the version that is asked for`
        : 'an agreement is to be signed';
    case 'training':
      return 'training is not in date';
    case 'conflict':
      return 'work for a rival of this lab lies too short a time back';
    case 'left':
      return 'the person has left';
    default:
      return code;
  }
}

/** How far the lab has come with somebody. */
export const labStates: Record<string, string> = {
  waiting: 'waits for the lab’s staff',
  admissible: 'may enrol at the lab',
  declined: 'declined by the lab',
  enrolled: 'enrolled at the lab',
  withdrawn: 'withdrawn',
  lapsed: 'the vendor’s word has run out',
};

const endReasons: Record<string, string> = {
  done: 'the work is done',
  asked: 'asked for by the expert',
  engagementEnded: 'the engagement ended',
  notice: 'notice was given',
  breach: 'the terms were broken',
  conflict: 'conflict of interest',
  conduct: 'conduct',
  security: 'security',
};
