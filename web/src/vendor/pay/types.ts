export interface Entry {
  entry: number;
  kind: 'work' | 'correction' | 'pausePay' | 'topUp' | 'withheld' | 'released';
  expert: string;
  at: string;
  day: string;
  engagement: string;
  event: number | null;
  assignment: string | null;
  paid: string | null;
  act: 'done' | 'left' | null;
  seconds: number;
  counted: number;
  card: string | null;
  each: number;
  hour: number;
  /** 3,600ths of a minor unit that rounding had left over before. */
  carriedIn: number;
  amount: number;
  carriedOut: number;
  currency: string;
  refers: number | null;
  reason: string | null;
  by: string | null;
  hasWords: boolean;
}

export interface Statement {
  id: string;
  expert: string;
  number: number;
  currency: string;
  from: string;
  until: string;
  zone: string;
  lines: number;
  total: number;
  head: number;
  headHash: string;
  madeAt: string;
  paid: boolean;
}

export interface StatementPage {
  rows: Statement[];
  next: string | null;
}

export interface StatementRate {
  statement: string;
  engagement: string;
  seconds: number;
  earned: number;
  /** Per hour; null where no time was worked. */
  hour: number | null;
  shortfall: number;
  toppedUp: number;
  /** Seconds for which no floor is known. */
  unknown: number;
}

export interface StatementContent {
  statement: Statement;
  rates: StatementRate[];
  lines: Entry[];
  next: number | null;
}

export interface Dispute {
  id: string;
  expert: string;
  entry: number;
  state: 'open' | 'upheld' | 'dismissed';
  madeAt: string;
  answerBy: string;
  overdue: boolean;
  answeredBy: string | null;
  answeredAt: string | null;
  settled: number | null;
}

export interface DisputeContent {
  dispute: Dispute;
  entry: Entry;
  words: string;
  answer: string | null;
}

export interface Withholding {
  id: string;
  expert: string;
  entry: number;
  state: 'open' | 'confirmed' | 'released' | 'ranOut';
  by: string;
  madeAt: string;
  decideBy: string;
  decidedBy: string | null;
  decidedAt: string | null;
}

export interface WithholdingContent {
  withholding: Withholding;
  entry: Entry;
  evidence: string;
  words: string | null;
}

export interface PayDetails {
  name: string;
  iban: string | null;
  account: string | null;
  bic: string | null;
}
