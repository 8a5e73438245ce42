import { diffLines, diffWordsWithSpace, type Change } from 'diff';
import { useMemo } from 'react';
import { Visible } from './invisible';
import styles from './workroom.module.css';

/** Above this many characters, words are compared line by line: a word diff would hold the page up. */
const WORDS_UP_TO = 20_000;

export function compare(left: string, right: string): Change[] {
  return left.length + right.length <= WORDS_UP_TO ? diffWordsWithSpace(left, right) : diffLines(left, right);
}

/** One side of a comparison: what only this side has is marked, by more than its colour. */
export default function Differences({
  left,
  right,
  side,
}: {
  left: string;
  right: string;
  side: 'left' | 'right';
}) {
  const changes = useMemo(() => compare(left, right), [left, right]);
  return (
    <div className="plain" dir="auto">
      {changes.map((change, index) => {
        const text = <Visible key={index} text={change.value} />;
        if (!change.added && !change.removed) return text;
        if (side === 'left' ? change.added : change.removed) return null;
        return (
          <mark key={index} className={styles.difference}>
            {text}
          </mark>
        );
      })}
    </div>
  );
}
