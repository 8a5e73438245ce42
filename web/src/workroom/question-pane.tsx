import { Textarea } from '@mantine/core';
import { useId } from 'react';
import type { Answers, Question, QuestionAnswer } from '../api/types';
import { pointsOf } from './answers';
import styles from './workroom.module.css';

/** The form's questions. Without `change` it shows answers that are not this person's to change. */
export function QuestionPane({
  questions,
  answers,
  change,
  missing = [],
  leave,
}: {
  questions: Question[];
  answers: Answers;
  change?: (key: string, answer: QuestionAnswer) => void;
  /** Keys of questions that were left out. */
  missing?: string[];
  /** Where Escape leads out of a text field. */
  leave?: () => void;
}) {
  const firstText = questions.find((question) => question.type === 'text');
  return (
    <section className={styles.questions} aria-label="Questions">
      {questions.map((question, index) => {
        const parts = {
          number: index + 1,
          answer: answers[question.key] ?? {},
          change: change && ((answer: QuestionAnswer) => change(question.key, answer)),
          missing: missing.includes(question.key),
        };
        return question.type === 'pairwise' ? (
          <Pairwise key={question.key} question={question} {...parts} />
        ) : (
          <FreeText
            key={question.key}
            question={question}
            leave={leave}
            letter={leave && question === firstText ? 'w' : undefined}
            {...parts}
          />
        );
      })}
    </section>
  );
}

interface Parts {
  number: number;
  answer: QuestionAnswer;
  change?: (answer: QuestionAnswer) => void;
  missing: boolean;
}

function Pairwise({ question, number, answer, change, missing }: Parts & { question: Question }) {
  const id = useId();
  return (
    <fieldset className={styles.scale} data-question={question.key}>
      <legend dir="auto">
        {number}. {question.title}
        {!question.required && <span className={styles.optional}> (optional)</span>}
        {/* In the question's line, so that nothing moves under the hand. */}
        {missing && <span className={styles.missing}>Choose one before you submit.</span>}
      </legend>
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
            {change && <kbd aria-hidden="true">{index + 1}</kbd>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function FreeText({
  question,
  number,
  answer,
  change,
  missing,
  leave,
  letter,
}: Parts & {
  question: Question;
  leave?: () => void;
  /** The key that leads into this field. */
  letter?: string;
}) {
  const label = `${number}. ${question.title}${question.required ? '' : ' (optional)'}`;
  if (!change) {
    return (
      <div>
        <p className={styles.label} dir="auto">
          {label}
        </p>
        <div className="plain" dir="auto">
          {answer.text?.trim() ? answer.text : 'No answer.'}
        </div>
      </div>
    );
  }
  return (
    <Textarea
      label={label}
      description={
        letter && (
          <span aria-hidden="true">
            <kbd>{letter}</kbd> to write, <kbd>Esc</kbd> to leave
          </span>
        )
      }
      classNames={{ root: styles.text, description: styles.letter }}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={question.maxLength ?? undefined}
      value={answer.text ?? ''}
      error={missing ? 'Write something before you submit.' : undefined}
      onChange={(event) => change({ text: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave?.();
      }}
      data-question={question.key}
    />
  );
}
