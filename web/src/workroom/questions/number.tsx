import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Question } from '../../api/types';
import { Visible } from '../invisible';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import type { ControlProps, Kind } from './kind';

/**
 * A number as people write it, with a point or a comma before the fraction.
 * @returns NaN for what is no number, or may be read in two ways.
 */
export function readNumber(typed: string): number {
  const text = typed.trim().replace(/\u2212/g, '-');
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text) ? Number(text.replace(',', '.')) : NaN;
}

/** A quantity, within bounds where the form sets them. */
export const number: Kind = {
  Control,
  empty: 'Write a number before you submit.',
  given: ({ number }) => number !== undefined,
  fault: ({ number = NaN }, question) => {
    if (Number.isNaN(number)) return 'This is not a number.';
    if (question.whole && !Number.isInteger(number)) return 'A whole number is asked for.';
    if ((question.min ?? -Infinity) > number) return `At least ${question.min}.`;
    if ((question.max ?? Infinity) < number) return `At most ${question.max}.`;
    return null;
  },
  values: ({ number }) => (number === undefined || Number.isNaN(number) ? [] : [String(number)]),
  words: ({ number }, { unit }) => (number === undefined ? '' : `${number}${unit ? ` ${unit}` : ''}`),
};

function bounds({ whole, min, max }: Question): string {
  const kind = whole ? 'a whole number' : 'a number';
  if (min != null && max != null) return `${kind} from ${min} to ${max}`;
  if (min != null) return `${kind}, at least ${min}`;
  return max != null ? `${kind}, at most ${max}` : kind;
}

function Control(props: ControlProps) {
  const { question, answer, change, fault, leave } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed stays as typed; an answer that came from elsewhere is shown instead.
  const same =
    typed !== null && Object.is(typed.trim() === '' ? undefined : readNumber(typed), answer.number);
  const shown = same ? typed : answer.number === undefined ? '' : String(answer.number);
  return (
    <Frame {...props} field={change && id}>
      {change ? (
        <div className={styles.quantity}>
          <TextInput
            id={id}
            inputMode="decimal"
            autoComplete="off"
            value={shown}
            error={fault !== undefined}
            aria-describedby={`${id}-bounds`}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setTyped(text);
              change(text.trim() === '' ? {} : { number: readNumber(text) });
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave?.();
            }}
          />
          {question.unit && <Visible text={question.unit} />}
          <span id={`${id}-bounds`} className={styles.optional}>
            {bounds(question)}
          </span>
        </div>
      ) : (
        <div className="plain" dir="auto">
          {answer.number === undefined ? 'No answer.' : <Visible text={number.words(answer, question, {})} />}
        </div>
      )}
    </Frame>
  );
}
