import type { Option, Question, QuestionType } from '../../api/types';

/** The types of question in the order in which they are offered, and what each is for. */
export const types: Record<QuestionType, { name: string; use: string }> = {
  pairwise: { name: 'Preference', use: 'Which of two responses is better, and by how much.' },
  ranking: { name: 'Ranking', use: 'Two to twenty responses put in order.' },
  choice: { name: 'Choice', use: 'One or several of a list.' },
  rating: { name: 'Rating', use: 'A point on a scale.' },
  number: { name: 'Number', use: 'A count or a measure.' },
  text: { name: 'Text', use: 'Words of their own.' },
  spans: { name: 'Spans', use: 'Labelled stretches of a text.' },
};

export const typeNames = Object.keys(types) as QuestionType[];

const blanks: Record<QuestionType, Partial<Question>> = {
  pairwise: { title: 'Which response is better?', required: true, points: 5, tie: true },
  ranking: { title: 'Put the responses in order, the best first.', required: true, ties: false },
  choice: {
    required: true,
    multiple: false,
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  rating: { required: true, points: 5, from: 1 },
  number: { required: true, whole: true },
  text: { title: 'Why?', required: false, maxLength: 4_000, markdown: false },
  spans: { required: true, overlap: false, labels: [{ value: 'PER', label: 'Person', key: 'p' }] },
};

/** A new question of a type, under a key that no other has. */
export function newQuestion(type: QuestionType, others: readonly Question[]): Question {
  const base = type === 'pairwise' ? 'preference' : type === 'text' ? 'rationale' : type;
  let key = base;
  for (let n = 2; others.some((question) => question.key === key); n++) key = `${base}-${n}`;
  return { key, type, title: '', required: false, ...blanks[type] };
}

/** What a project without a form begins with: a preference between two responses, and why. */
export function firstForm(): Question[] {
  const preference = newQuestion('pairwise', []);
  return [preference, newQuestion('text', [preference])];
}

const members: Record<QuestionType, (keyof Question)[]> = {
  pairwise: ['points', 'tie'],
  ranking: ['ties'],
  choice: ['options', 'multiple', 'min', 'max'],
  rating: ['points', 'from', 'low', 'high'],
  number: ['min', 'max', 'whole', 'unit'],
  text: ['maxLength', 'markdown'],
  spans: ['labels', 'overlap'],
};

/** The question with the members of its type and no others; what is empty is left out. */
export function clean(question: Question): Question {
  const wanted: (keyof Question)[] = ['help', 'showIf', ...members[question.type]];
  const kept = Object.fromEntries(
    wanted
      .map((member) => [
        member,
        member === 'options' || member === 'labels' ? tidy(question[member]) : question[member],
      ])
      .filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
  const { key, type, title, required } = question;
  return { key, type, title: title.trim(), required, ...kept };
}

const tidy = (options: Option[] | null | undefined) =>
  options?.map(({ value, label, key }) => (key ? { value, label, key } : { value, label }));

/** A value that an answer can have, as `showIf` names it, in the words of the page. */
export interface Term {
  value: string;
  label: string;
}

/** The answers of a question that a later one can depend on; null where its answers cannot be listed. */
export function termsOf(question: Question): Term[] | null {
  switch (question.type) {
    case 'pairwise':
      return [
        { value: 'left', label: 'A, the left one, is better' },
        { value: 'right', label: 'B, the right one, is better' },
        ...(question.tie ? [{ value: 'tie', label: 'equal' }] : []),
      ];
    case 'choice':
      return (question.options ?? []).map(({ value, label }) => ({ value, label }));
    case 'rating':
      return ratings(question).map((n) => ({ value: String(n), label: String(n) }));
    default:
      return null;
  }
}

export const ratings = ({ points, from }: Question) =>
  Array.from({ length: points ?? 5 }, (_, index) => index + (from ?? 1));
