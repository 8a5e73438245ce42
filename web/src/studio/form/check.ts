import type { Option, Question } from '../../api/types';
import { ApiProblem } from '../../api/problem';
import { termsOf } from './types';

/** Sentences per field of one question; "" is the question as a whole. Fields of an option are named "options.2.value". */
export type Faults = Record<string, string>;

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What is wrong with each question of a form, in the order of the questions. The server checks the same again. */
export function check(questions: readonly Question[]): Faults[] {
  return questions.map((question, index) => {
    const faults: Faults = {};
    if (!question.title.trim()) faults.title = 'Say what is asked.';
    if (!KEY.test(question.key))
      faults.key = 'Up to 64 small letters, digits, “-” and “_”, beginning with a letter or digit.';
    else if (questions.some((other, i) => i < index && other.key === question.key))
      faults.key = 'An earlier question has this key.';
    Object.assign(faults, checkType(question), checkShowIf(question, questions.slice(0, index)));
    return faults;
  });
}

function checkType(question: Question): Faults {
  switch (question.type) {
    case 'choice':
      return {
        ...checkOptions('options', question.options ?? [], 2, 500),
        ...checkRange(question, 0, question.options?.length ?? 0),
      };
    case 'spans':
      return checkOptions('labels', question.labels ?? [], 1, 200);
    case 'number':
      return checkRange(question, -Infinity, Infinity);
    default:
      return {};
  }
}

function checkRange({ min, max }: Question, least: number, most: number): Faults {
  if (typeof min === 'number' && (min < least || min > most)) return { min: `From ${least} to ${most}.` };
  if (typeof max === 'number' && (max < least || max > most)) return { max: `From ${least} to ${most}.` };
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    return { max: 'The most is less than the least.' };
  return {};
}

function checkOptions(field: 'options' | 'labels', options: Option[], least: number, most: number): Faults {
  const faults: Faults = {};
  if (options.length < least || options.length > most)
    faults[field] = `From ${least} to ${most} are needed; there are ${options.length}.`;
  const values = new Set<string>();
  const keys = new Set<string>();
  options.forEach(({ value, label, key }, index) => {
    const at = `${field}.${index}`;
    if (!value.trim()) faults[`${at}.value`] = 'Give a value.';
    else if (values.has(value)) faults[`${at}.value`] = 'Stands above already.';
    if (!label.trim()) faults[`${at}.label`] = 'Give a label.';
    if (key && [...key].length !== 1) faults[`${at}.key`] = 'One character.';
    else if (key && keys.has(key.toLowerCase())) faults[`${at}.key`] = 'Taken above.';
    values.add(value);
    if (key) keys.add(key.toLowerCase());
  });
  return faults;
}

function checkShowIf({ showIf }: Question, earlier: readonly Question[]): Faults {
  if (!showIf) return {};
  const on = earlier.find((question) => question.key === showIf.question);
  if (!on) return { showIf: 'It depends on a question that does not come before it.' };
  if (showIf.is.length === 0) return { showIf: 'Choose at least one answer.' };
  const terms = termsOf(on);
  return terms && showIf.is.some((value) => !terms.some((term) => term.value === value))
    ? { showIf: 'It depends on an answer that the earlier question no longer has.' }
    : {};
}

/**
 * The server's messages at what they are about, and whether all of them found a place; the rest is shown as a whole. It
 * names a question by its key, or a field by its path ("questions[1].options[0].label").
 */
export function faultsFrom(
  error: unknown,
  questions: readonly Question[],
): { faults: Faults[]; all: boolean } {
  const faults: Faults[] = questions.map(() => ({}));
  if (!(error instanceof ApiProblem)) return { faults, all: false };
  const { field, errors, detail } = error.details;
  const told = Object.entries(errors ?? (field && detail ? { [field]: [detail] } : {}));
  let placed = 0;
  for (const [path, messages] of told) {
    const match = /^\$?\.?questions\[(\d+)\]\.?(.*)$/i.exec(path);
    const index = match ? Number(match[1]) : questions.findIndex((question) => question.key === path);
    const at = faults[index];
    if (!at) continue;
    at[match?.[2]?.replace(/\[(\d+)\]/g, '.$1') ?? ''] = messages.join(' ');
    placed++;
  }
  return { faults, all: told.length > 0 && placed === told.length };
}
