import type { ComponentType } from 'react';
import type { ItemContent, Question, QuestionAnswer } from '../../api/types';
import type { KeyMap } from '../keys';
import type { Marking } from '../spans/marking';

/** Where an answer came from, for an item that brought a suggestion. */
export type Origin = 'suggested' | 'kept' | 'changed';

export interface ControlProps {
  question: Question;
  /** Its place among the questions asked, from 1. */
  number: number;
  answer: QuestionAnswer;
  /** Absent where the answer is only shown. */
  change?: (answer: QuestionAnswer) => void;
  /** Why it cannot be submitted like this; said after an attempt. */
  fault?: string;
  origin?: Origin;
  item: ItemContent;
  /** Leads out of a field where one types. */
  leave?: () => void;
  /** The key that leads into this field. */
  letter?: string;
  /** The key that leads into the search among many options. */
  searchKey?: string;
}

/** Everything the rooms know of one type of question. */
export interface Kind {
  Control: ComponentType<ControlProps>;
  /** Said where nothing was answered and something must be. */
  empty: string;
  given(answer: QuestionAnswer, question: Question): boolean;
  /** Why an answer that was given cannot stand; null where it can. */
  fault(answer: QuestionAnswer, question: Question): string | null;
  /** What the conditions of later questions are compared with. */
  values(answer: QuestionAnswer): string[];
  /** The answer as one line, for comparing versions. */
  words(answer: QuestionAnswer, question: Question, item: ItemContent): string;
  /** What is different between two versions, where {@link words} of both would not tell. */
  differences?(
    before: QuestionAnswer,
    after: QuestionAnswer,
    question: Question,
    item: ItemContent,
  ): string[];
  /** What characters do here. */
  keys?(
    question: Question,
    answer: QuestionAnswer,
    change: (answer: QuestionAnswer) => void,
    item: ItemContent,
    marking: Marking,
  ): KeyMap;
}

/** The letter of a response on this page: A, B, C … */
export const letterOf = (index: number) => String.fromCharCode(65 + index);

/** Digits that stand for the first places of a list. */
export const digitOf = (index: number): string | undefined => (index < 9 ? String(index + 1) : undefined);
