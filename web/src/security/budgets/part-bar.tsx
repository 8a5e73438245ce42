import styles from './budgets.module.css';

const WIDTH = 100;

/** A part of a whole as a bar: what it is, and outlined how much it can be at most. The number stands beside it in words. */
export function PartBar({ part, atMost }: { part: number; atMost?: number }) {
  return (
    <svg className={styles.bar} viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.whole} width={WIDTH} height="10" />
      {atMost !== undefined && <rect className={styles.atMost} width={atMost * WIDTH} height="10" />}
      <rect className={styles.part} width={part * WIDTH} height="10" />
    </svg>
  );
}
