import { diffLines, diffWordsWithSpace, type Change } from 'diff';
import { useMemo } from 'react';
import styles from './workroom.module.css';

/** Above this many characters, words are compared line by line: a word diff would hold the page up. */
const WORDS_UP_TO = 20_000;

export function compare(left: string, right: string): Change[] {
  return left.length + right.length <= WORDS_UP_TO ? diffWordsWithSpace(left, right) : diffLines(left, right);
}

export function useDifferences(left: string, right: string, wanted: boolean): Change[] | null {
  return useMemo(() => (wanted ? compare(left, right) : null), [left, right, wanted]);
}

/** One side of a comparison: what only this side has is marked, by more than its colour. */
export function DifferencesView({ changes, side }: { changes: Change[]; side: 'left' | 'right' }) {
  return (
    <div className="plain" dir="auto">
      {changes.map((change, index) => {
        if (!change.added && !change.removed) return change.value;
        if (side === 'left' ? change.added : change.removed) return null;
        return (
          <mark key={index} className={styles.difference}>
            {change.value}
          </mark>
        );
      })}
    </div>
  );
}
