import type { Sitting } from '../../desk/types';

export interface Test {
  code: string;
  title: string;
  version: number;
  minutes: number;
  paid: boolean;
  passPercent: number;
  retakeDays: number;
  goodForDays: number;
  skill: string;
  level: string;
}

export interface OwnTest {
  test: Test;
  last: Sitting | null;
  mayTakeFrom: string | null;
}

export interface Question {
  key: string;
  text: string;
  options: string[] | null;
  points: number;
}

export interface Answer {
  question: string;
  option?: number | null;
  text?: string | null;
}

export interface Feedback {
  question: string;
  points: number;
  of: number;
  rightOption: number | null;
  why: string | null;
  criteria: { criterion: string; met: boolean | null }[] | null;
  comment: string | null;
}

export interface SittingView {
  sitting: Sitting;
  seconds: number;
  paid: boolean;
  questions: Question[];
  answers: Answer[] | null;
  feedback: Feedback[] | null;
  retakeFrom: string | null;
}

export interface Started {
  id: string;
  dueAt: string;
  paid: boolean;
  questions: Question[];
}
