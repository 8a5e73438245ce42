import type { SlotFigures } from '../../api/types';
import { count } from '../../ui/format';
import { Box, Swatch, useMarks, type Mark } from './marks';
import styles from './figures.module.css';

export const slotStates: [keyof SlotFigures, string, Mark][] = [
  ['accepted', 'accepted', 'solid'],
  ['submitted', 'to review', 'hatched'],
  ['leased', 'in hand', 'dotted'],
  ['returned', 'returned', 'outlined'],
  ['escalated', 'passed on to the lab', 'crossed'],
  ['open', 'open', 'grey'],
];

const WIDTH = 1_000;

/** Answers wanted, by state, as one bar; the words and numbers stand below it. */
export function SlotBar({ slots }: { slots: SlotFigures }) {
  const marks = useMarks();
  const total = slotStates.reduce((sum, [state]) => sum + slots[state], 0);
  let x = 0;
  return (
    <>
      <svg className={styles.bar} viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" aria-hidden="true">
        {marks.defs}
        {total > 0 &&
          slotStates.map(([state, , mark]) => {
            const width = (slots[state] / total) * WIDTH;
            const at = x;
            x += width;
            return (
              width > 0 && <Box key={state} x={at} y={0} width={width} height={20} {...marks.of(mark)} />
            );
          })}
      </svg>
      <ul className={styles.legend}>
        {slotStates.map(([state, word, mark]) => (
          <li key={state}>
            <Swatch mark={mark} /> {count(slots[state])} {word}
          </li>
        ))}
        {slots.cancelled > 0 && <li>{count(slots.cancelled)} cancelled, not in the bar</li>}
      </ul>
    </>
  );
}
