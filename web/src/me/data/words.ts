const fields: Record<string, string> = {
  profile: 'Name, contact, what you say of yourself; skills, languages, rates',
  interview: 'Interviews, written down',
  check: 'Outcomes of outside checks',
  test: 'Answers to tests, and results',
  agreement: 'Your name under agreements',
  payDetails: 'Where your money goes',
  account: 'Your account',
  vetting: 'What was vetted, and the outcomes',
  agreements: 'Which agreements you signed, and when',
  training: 'Training, and until when it is good',
  reason: 'Words about your pay',
  answer: 'Answers to tests',
};

export const fieldName = (field: string) => fields[field] ?? field;

const purposes: Record<string, string> = {
  ownData: 'to show you your own',
  match: 'to find work that fits',
  vet: 'to vet',
  pay: 'to pay',
  manage: 'to run the vendor',
  federation: 'to tell a lab what you agreed to',
};

export const purposeName = (purpose: string) => purposes[purpose] ?? purpose;
