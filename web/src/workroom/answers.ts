import type { Answers, ItemContent, Question, QuestionAnswer } from '../api/types';
import type { Origin } from './questions/kind';
import { kinds } from './questions/kinds';

/**
 * The answers that stand now: the person's own, and suggestions where the person has not touched the question. An
 * answer that was cleared by hand is the person's own, and empty.
 */
export function standing(answers: Answers, suggested: Answers = {}): Answers {
  return { ...suggested, ...answers };
}

/** Where the answer to a question came from; undefined where nothing was suggested. */
export function originOf(key: string, answers: Answers, suggested: Answers = {}): Origin | undefined {
  const told = answers[key]?.prelabel;
  if (told) return told;
  const suggestion = suggested[key];
  if (!suggestion) return undefined;
  const own = answers[key];
  if (!own) return 'suggested';
  return same(own, suggestion) ? 'kept' : 'changed';
}

const same = (x: QuestionAnswer, y: QuestionAnswer) => spelled(x) === spelled(y);

/** One spelling for one answer, whatever the order of its parts. */
function spelled({ prelabel: _, ...answer }: QuestionAnswer): string {
  const parts = Object.entries(answer).filter(([, value]) => value !== undefined);
  return JSON.stringify(parts.sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** The questions that are asked, given the answers so far: a condition refers to an earlier question. */
export function asked(questions: readonly Question[], answers: Answers): Question[] {
  const values = new Map<string, string[]>();
  return questions.filter((question) => {
    const { showIf } = question;
    if (showIf && !values.get(showIf.question)?.some((value) => showIf.is.includes(value))) return false;
    values.set(question.key, kinds[question.type].values(answers[question.key] ?? {}));
    return true;
  });
}

/** Why the answers cannot be submitted: a sentence per question that is asked. */
export function faults(questions: readonly Question[], answers: Answers): Record<string, string> {
  const found: Record<string, string> = {};
  for (const question of asked(questions, answers)) {
    const kind = kinds[question.type];
    const answer = answers[question.key] ?? {};
    const fault = kind.given(answer, question)
      ? kind.fault(answer, question)
      : question.required
        ? kind.empty
        : null;
    if (fault) found[question.key] = fault;
  }
  return found;
}

/** What is sent: answers that were given to questions that are asked, and nothing else. */
export function forSubmit(questions: readonly Question[], answers: Answers): Answers {
  const sent: Answers = {};
  for (const question of asked(questions, answers)) {
    const { prelabel: _, ...answer } = answers[question.key] ?? {};
    if (kinds[question.type].given(answer, question)) sent[question.key] = answer;
  }
  return sent;
}

/** What is kept of answers under way. What was typed for a number and is none yet stays on the page alone. */
export function forDraft(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, Number.isNaN(answer.number) ? {} : answer]),
  );
}

/** What is different between two versions of an answer, in words; empty where nothing is. */
export function differencesOf(
  question: Question,
  before: QuestionAnswer,
  after: QuestionAnswer,
  item: ItemContent,
): string[] {
  if (same(before, after)) return [];
  const kind = kinds[question.type];
  return kind.differences?.(before, after, question, item) ?? [`was: ${kind.words(before, question, item)}`];
}
