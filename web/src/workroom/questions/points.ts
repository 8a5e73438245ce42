import type { Question } from '../../api/types';

/** One point of a preference scale. */
export interface Point {
  /** Negative: the left one is better; 0: equal; positive: the right one. */
  choice: number;
  sign: string;
  /** Which side, for ears; eyes have the sign. Empty for "equal". */
  who: string;
  how: string;
}

const degrees = ['slightly better', 'better', 'much better'];

/** The points of a scale from "left is best" to "right is best". */
export function pointsOf(question: Pick<Question, 'points' | 'tie'>): Point[] {
  const half = Math.floor((question.points ?? 5) / 2);
  const points: Point[] = [];
  for (let choice = -half; choice <= half; choice++) {
    if (choice !== 0) points.push({ choice, ...side(choice, half) });
    else if (question.tie) points.push({ choice, sign: '=', who: '', how: 'equal' });
  }
  return points;
}

function side(choice: number, half: number): Omit<Point, 'choice'> {
  const letter = choice < 0 ? 'A' : 'B';
  const strength = Math.abs(choice);
  if (half === 1) return { sign: `${letter} >`, who: `${letter} is `, how: 'better' };
  const degree = half === 2 ? degrees[strength] : degrees[strength - 1];
  const mark = half === 2 ? ['>', '≫'][strength - 1] : ['>', '≫', '⋙'][strength - 1];
  return { sign: `${letter} ${mark}`, who: `${letter} is `, how: degree! };
}
