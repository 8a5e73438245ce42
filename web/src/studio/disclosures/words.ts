/** What the names in receipts mean to people. */
export const acts: Record<string, string> = {
  open: 'Opened',
  refuse: 'Refused',
  export: 'Exported',
  seal: 'Sealed',
  remove: 'Removed',
  suspend: 'Suspended',
  resume: 'Resumed',
  createKey: 'Key made',
  start: 'Vault started',
  stop: 'Vault stopped',
  terms: 'Engagement terms set',
  vouch: 'Person vouched for or withdrawn',
  enrol: 'Browser key enrolled',
  revoke: 'Browser key revoked',
};

export const purposes: Record<string, string> = {
  none: '',
  task: 'a task',
  review: 'a review',
  manage: 'looking after the project',
  deliver: 'a delivery',
  validate: 'checking an answer',
  signIn: 'signing in',
  search: 'a search',
  figures: 'figures',
  acceptance: 'the acceptance of a batch',
  appeal: 'an appeal',
  gold: 'grading against a known answer',
};

export const refusals: Record<string, string> = {
  suspended: 'suspended',
  firstReadsSpent: 'limit of first reads',
  rereadsSpent: 'limit of re-reads',
  notFound: 'no such record',
  notAsSealed: 'not as it was sealed',
  notAllowed: 'not allowed',
  notAttested: 'not signed by the person',
};

/** Singular and plural. */
export const kinds: Record<string, [string, string]> = {
  project: ['project name', 'project names'],
  guidelineDraft: ['guideline draft', 'guideline drafts'],
  guidelineSection: ['guideline section', 'guideline sections'],
  form: ['form', 'forms'],
  item: ['item', 'items'],
  answer: ['answer', 'answers'],
  draft: ['draft', 'drafts'],
  reason: ['reason', 'reasons'],
  import: ['import report', 'import reports'],
  batch: ['batch name', 'batch names'],
  delivery: ['package key', 'package keys'],
  secret: ['secret', 'secrets'],
  gold: ['known answer', 'known answers'],
  image: ['image', 'images'],
  search: ['search', 'searches'],
  askedQuestion: ['asked question', 'asked questions'],
  address: ['e-mail address', 'e-mail addresses'],
  sample: ['sample list', 'sample lists'],
  figures: ['counted figures', 'counted figures'],
};

export const wordFor = (words: Record<string, string>, name: string) => words[name] ?? name;

/** Whether somebody did it, and not the node by itself: it signs as the pseudonym of zeros. */
export const isPerson = <T extends { pseudonym: string }>(person: T | null | undefined): person is T =>
  person != null && !/^[0-]*$/.test(person.pseudonym);
