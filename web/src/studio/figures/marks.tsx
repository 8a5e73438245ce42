import { useId } from 'react';
import styles from './figures.module.css';

export type Mark = 'solid' | 'hatched' | 'dotted' | 'crossed' | 'outlined' | 'grey';

/** The patterns of a chart; marks are told apart by them, not by colour alone. */
export function useMarks() {
  const id = useId();
  const hatch = `${id}hatch`;
  const dots = `${id}dots`;
  const cross = `${id}cross`;
  return {
    defs: (
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" strokeWidth="4" className={styles.hatched} />
        </pattern>
        <pattern id={cross} width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 0L6 6M6 0L0 6" className={styles.outlined} />
        </pattern>
        <pattern id={dots} width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="2.5" cy="2.5" r="1.4" className={styles.solid} />
        </pattern>
      </defs>
    ),
    /** What a shape with this mark is given. */
    of: (mark: Mark) => {
      if (mark === 'hatched') return { fill: `url(#${hatch})`, className: styles.outlined, strokeWidth: 1 };
      if (mark === 'dotted') return { fill: `url(#${dots})`, className: styles.outlined, strokeWidth: 1 };
      if (mark === 'crossed') return { fill: `url(#${cross})`, className: styles.outlined, strokeWidth: 1 };
      return { className: styles[mark] };
    },
  };
}

/** A small square that shows a mark beside its name. */
export function Swatch({ mark }: { mark: Mark }) {
  const marks = useMarks();
  return (
    <svg width="14" height="14" aria-hidden="true">
      {marks.defs}
      <Box x={1} y={1} width={12} height={12} {...marks.of(mark)} />
    </svg>
  );
}

/** A rectangle; `fill` as a pattern stands over what its class says. */
export function Box({
  fill,
  ...shape
}: {
  x: number | string;
  y: number;
  width: number | string;
  height: number;
  fill?: string;
  className?: string;
  strokeWidth?: number;
}) {
  return <rect {...shape} style={fill ? { fill } : undefined} />;
}
