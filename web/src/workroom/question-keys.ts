import type { Answers, ItemContent, Question, QuestionAnswer } from '../api/types';
import type { FindAct } from './keys';
import { kinds } from './questions/kinds';
import type { Marking } from './spans/marking';

/** A question's keys, as they are told in the list of keys. */
export interface FormKeys {
  keys: string[];
  words: string;
}

/**
 * What keys do to the answers: the question that has the focus hears them first, then the others in their order.
 * @param answers Those that stand, suggestions included.
 */
export function questionKeys(
  questions: readonly Question[],
  answers: Answers,
  change: (key: string, answer: QuestionAnswer) => void,
  item: ItemContent,
  marking: Marking,
): FindAct {
  return (key) => {
    const focused = focusedQuestion();
    const order = [...questions].sort((x, y) => Number(y.key === focused) - Number(x.key === focused));
    for (const question of order) {
      const put = (answer: QuestionAnswer) => change(question.key, answer);
      const act = kinds[question.type].keys?.(question, answers[question.key] ?? {}, put, item, marking)[key];
      if (act) return act;
    }
    return undefined;
  };
}

export function formKeys(questions: readonly Question[], item: ItemContent, marking: Marking): FormKeys[] {
  return questions.flatMap((question) => {
    const keys = Object.keys(kinds[question.type].keys?.(question, {}, () => undefined, item, marking) ?? {});
    return keys.length > 0 ? [{ keys, words: question.title }] : [];
  });
}

const questionElements = () => [...document.querySelectorAll<HTMLElement>('[data-question]')];

function focusedQuestion(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset.question;
}

const CONTROLS =
  'input:checked, input:not([type=hidden]), textarea, [role=spinbutton], [data-label], summary';

export function focusQuestion(key: string) {
  const question = questionElements().find((element) => element.dataset.question === key);
  const controls = [...(question?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])];
  const chosen = controls.find((c) => c instanceof HTMLInputElement && c.type === 'radio' && c.checked);
  const control = chosen ?? controls[0];
  question?.scrollIntoView({ block: 'nearest' });
  control?.focus();
  // A fresh field has its caret before what was written earlier; one goes on after it.
  if (control instanceof HTMLTextAreaElement && control.selectionEnd === 0)
    control.setSelectionRange(control.value.length, control.value.length);
}

/** Puts the focus on the question after (before) the one that has it; from elsewhere, on the first (last). */
export function stepQuestion(by: 1 | -1) {
  const keys = questionElements().map((element) => element.dataset.question!);
  const at = keys.indexOf(focusedQuestion() ?? '');
  const next = at < 0 ? keys.at(by > 0 ? 0 : -1) : keys[Math.min(Math.max(at + by, 0), keys.length - 1)];
  if (next !== undefined) focusQuestion(next);
}

/** Puts the focus on the search of the question in focus, or of the first that has one. */
export function focusSearch() {
  const within = document.activeElement
    ?.closest('[data-question]')
    ?.querySelector<HTMLElement>('[data-search]');
  (within ?? document.querySelector<HTMLElement>('[data-question] [data-search]'))?.focus();
}

export const focusText = () => document.querySelector<HTMLElement>('[data-span-text]')?.focus();
