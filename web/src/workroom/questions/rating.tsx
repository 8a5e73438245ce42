import { useId } from 'react';
import type { Question } from '../../api/types';
import { Visible } from '../invisible';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import type { ControlProps, Kind } from './kind';

const pointsOf = ({ from, points }: Question) =>
  Array.from({ length: points ?? 5 }, (_, index) => (from ?? 1) + index);

/** 1 to 9 by their digit; 10 by 0, where 0 is no point of its own. */
const keyOf = (point: number, { from }: Question): string | undefined =>
  point < 10 ? String(point) : point === 10 && from !== 0 ? '0' : undefined;

/** A point on a scale of numbers. */
export const rating: Kind = {
  Control,
  empty: 'Choose one before you submit.',
  given: ({ rating }) => rating !== undefined,
  fault: () => null,
  values: ({ rating }) => (rating === undefined ? [] : [String(rating)]),
  words: ({ rating }) => (rating === undefined ? '' : String(rating)),
  keys: (question, _, change) =>
    Object.fromEntries(
      pointsOf(question).flatMap((rating) => {
        const key = keyOf(rating, question);
        return key === undefined ? [] : [[key, () => change({ rating })]];
      }),
    ),
};

function Control(props: ControlProps) {
  const { question, answer, change } = props;
  const id = useId();
  const points = pointsOf(question);
  const ends: Record<number, string | null | undefined> = {
    [points[0]!]: question.low,
    [points.at(-1)!]: question.high,
  };
  return (
    <Frame {...props}>
      <div className={styles.points}>
        {points.map((point) => (
          <label key={point} className={styles.point}>
            <input
              type="radio"
              name={id}
              checked={answer.rating === point}
              disabled={!change && answer.rating !== point}
              onChange={() => change?.({ rating: point })}
            />
            <span className={styles.sign}>{point}</span>
            {ends[point] && (
              <span className={styles.end} dir="auto">
                <Visible text={ends[point]} />
              </span>
            )}
            {change && point === 10 && keyOf(point, question) && <kbd aria-hidden="true">0</kbd>}
          </label>
        ))}
      </div>
    </Frame>
  );
}
