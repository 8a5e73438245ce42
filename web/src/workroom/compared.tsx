import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { Visible } from './invisible';

/** Two versions of a text in one: what went is struck out, what came is underlined, and both are said. */
export default function Compared({ before, after }: { before: string; after: string }) {
  const changes = useMemo(() => diffWordsWithSpace(before, after), [before, after]);
  return (
    <div className="plain" dir="auto">
      {changes.map(({ value, added, removed }, index) => {
        const text = <Visible key={index} text={value} />;
        if (added) return <ins key={index}>{text}</ins>;
        return removed ? <del key={index}>{text}</del> : text;
      })}
    </div>
  );
}
