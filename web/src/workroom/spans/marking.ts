import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Span } from '../../api/types';
import type { Range } from './layers';

interface State {
  /** The spans question that marks the text now; null: the first. */
  question: string | null;
  /** What is selected in the text, in UTF-16 units. */
  range: Range | null;
  /** The span under the hand, by its place in the answer. */
  active: number | null;
  /** For ears: what has just been selected or done. */
  said: string;
  /** Grows whenever a selection is to be brought into view. */
  show: number;
}

/** What is under the hand while a text is being marked: shared by the text and by the question about it. */
export class Marking {
  private state: State = { question: null, range: null, active: null, said: '', show: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly history = new Map<string, Span[][]>();

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  set(change: Partial<State>) {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }

  /** Keeps what the spans were, so that the next step can be taken back. */
  remember(question: string, spans: readonly Span[]) {
    const steps = this.history.get(question) ?? [];
    this.history.set(question, [...steps, [...spans]].slice(-200));
  }

  /** What the spans were before the last step; null where there is no step to take back. */
  takeBack(question: string): Span[] | null {
    return this.history.get(question)?.pop() ?? null;
  }

  canTakeBack(question: string): boolean {
    return (this.history.get(question)?.length ?? 0) > 0;
  }
}

export const MarkingContext = createContext(new Marking());

export function useMarking() {
  const marking = useContext(MarkingContext);
  return { marking, state: useSyncExternalStore(marking.subscribe, marking.snapshot) };
}
