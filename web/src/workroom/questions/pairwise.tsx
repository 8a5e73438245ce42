import { useId } from 'react';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import { digitOf, type ControlProps, type Kind } from './kind';
import { pointsOf } from './points';

/** Which of two responses is better, and by how much. */
export const pairwise: Kind = {
  Control,
  empty: 'Choose one before you submit.',
  given: ({ choice }) => choice !== undefined,
  fault: () => null,
  values: ({ choice }) => (choice === undefined ? [] : [choice < 0 ? 'left' : choice > 0 ? 'right' : 'tie']),
  words: ({ choice }, question) => {
    const point = pointsOf(question).find((p) => p.choice === choice);
    return point ? point.who + point.how : '';
  },
  keys: (question, _, change) =>
    Object.fromEntries(
      pointsOf(question).map(({ choice }, index) => [digitOf(index), () => change({ choice })]),
    ),
};

function Control(props: ControlProps) {
  const { question, answer, change } = props;
  const id = useId();
  return (
    <Frame {...props}>
      <div className={styles.points}>
        {pointsOf(question).map((point, index) => (
          <label key={point.choice} className={styles.point}>
            <input
              type="radio"
              name={id}
              checked={answer.choice === point.choice}
              disabled={!change && answer.choice !== point.choice}
              onChange={() => change?.({ choice: point.choice })}
            />
            <span className={styles.sign} aria-hidden="true">
              {point.sign}
            </span>
            <span className={styles.words} aria-hidden="true">
              {point.how}
            </span>
            <span className="visually-hidden">
              {point.who}
              {point.how}
            </span>
            {change && <kbd aria-hidden="true">{digitOf(index)}</kbd>}
          </label>
        ))}
      </div>
    </Frame>
  );
}
