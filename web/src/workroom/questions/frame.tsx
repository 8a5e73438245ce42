import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Visible } from '../invisible';
import styles from '../workroom.module.css';
import type { ControlProps, Origin } from './kind';

const originWords: Record<Origin, string> = {
  suggested: 'suggested',
  kept: 'as suggested',
  changed: 'changed from the suggestion',
};

/** A question's title, help, and what is to be said of its answer; below it, its control. */
export function Frame({
  question,
  number,
  answer,
  change,
  fault,
  origin,
  field,
  aside,
  children,
}: ControlProps & {
  /** The id of the one field that the title names; without it, the title names a group. */
  field?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const frame = useRef<HTMLElement>(null);
  useFocusOnChosen(frame, answer);
  const title = (
    <>
      {number}. <Visible text={question.title} />
      {!question.required && <span className={styles.optional}> (optional)</span>}
    </>
  );
  const notes = (
    <>
      {origin && (
        <span className={styles.origin} data-origin={origin}>
          {originWords[origin]}
        </span>
      )}
      {/* In the question's line, so that nothing moves under the hand. */}
      {fault && (
        <span className={styles.missing} role="alert">
          {fault}
        </span>
      )}
      {aside}
    </>
  );
  const help = question.help && (
    <p className={styles.help} dir="auto">
      <Visible text={question.help} />
    </p>
  );
  const clear = change && !question.required && origin !== undefined && (
    <Button variant="subtle" size="compact-xs" onClick={() => change({})}>
      Clear the answer
    </Button>
  );
  const parts = { className: styles.question, 'data-question': question.key, 'data-origin': origin };
  return field ? (
    <div {...parts} ref={frame as React.RefObject<HTMLDivElement>}>
      <div className={styles.label} dir="auto">
        <label htmlFor={field}>{title}</label>
        {notes}
      </div>
      {help}
      {children}
      {clear}
    </div>
  ) : (
    <fieldset {...parts} ref={frame as React.RefObject<HTMLFieldSetElement>}>
      <legend className={styles.label} dir="auto">
        {title}
        {notes}
      </legend>
      {help}
      {children}
      {clear}
    </fieldset>
  );
}

/** A key chose another point: a focus left on the old one would point at what is not chosen. */
function useFocusOnChosen(frame: React.RefObject<HTMLElement | null>, answer: unknown) {
  useEffect(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLInputElement) || at.type !== 'radio' || at.checked) return;
    if (!frame.current?.contains(at)) return;
    const points = [...frame.current.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    points.find((point) => point.name === at.name && point.checked)?.focus();
  }, [frame, answer]);
}
