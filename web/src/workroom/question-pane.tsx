import { Suspense, useEffect, useRef } from 'react';
import type { Answers, ItemContent, Question, QuestionAnswer } from '../api/types';
import { Loading } from '../ui/loading';
import { asked, differencesOf, originOf, standing } from './answers';
import { Visible } from './invisible';
import { kinds } from './questions/kinds';
import styles from './workroom.module.css';

/** The form's questions as far as they are asked. Without `change` it shows answers that are not this person's to change. */
export function QuestionPane({
  questions,
  answers,
  item = {},
  change,
  faults = {},
  seen,
  leave,
  letter = 'w',
  searchKey,
}: {
  questions: Question[];
  /** The person's own; suggestions come with the item. */
  answers: Answers;
  item?: ItemContent;
  change?: (key: string, answer: QuestionAnswer) => void;
  /** What is wrong, by question. */
  faults?: Record<string, string>;
  /** Told of each question that has come into view. */
  seen?: (key: string) => void;
  /** Where Escape leads out of a text field. */
  leave?: () => void;
  /** The key that leads into the first text field. */
  letter?: string;
  /** The key that leads into the search among many options. */
  searchKey?: string;
}) {
  const pane = useRef<HTMLElement>(null);
  const suggested = change ? item.prelabels : undefined;
  const all = standing(answers, suggested);
  const shown = asked(questions, all);
  const firstText = shown.find((question) => question.type === 'text');
  useSeen(pane, shown.map((question) => question.key).join(' '), seen);
  return (
    <section className={styles.questions} aria-label="Questions" ref={pane}>
      <Suspense fallback={<Loading what="Opening the questions" />}>
        {shown.map((question, index) => {
          const { Control } = kinds[question.type];
          const answer = all[question.key] ?? {};
          return (
            <div key={question.key}>
              <Control
                question={question}
                number={index + 1}
                answer={answer}
                change={change && ((next) => change(question.key, next))}
                fault={faults[question.key]}
                origin={originOf(question.key, answers, change ? suggested : item.prelabels)}
                item={item}
                leave={leave}
                letter={leave && question === firstText ? letter : undefined}
                searchKey={searchKey}
              />
              {!change && <Changes question={question} answer={answer} item={item} />}
            </div>
          );
        })}
      </Suspense>
    </section>
  );
}

/** How an answer differs from what had been suggested. */
function Changes({
  question,
  answer,
  item,
}: {
  question: Question;
  answer: QuestionAnswer;
  item: ItemContent;
}) {
  const suggestion = item.prelabels?.[question.key];
  if (!suggestion) return null;
  const { prelabel: _, ...own } = answer;
  const changes = differencesOf(question, suggestion, own, item);
  if (changes.length === 0) return null;
  return (
    <ul className={styles.changes} aria-label="Differences to the suggestion">
      {changes.map((change) => (
        <li key={change} dir="auto">
          <Visible text={change} />
        </li>
      ))}
    </ul>
  );
}

/** Tells which questions were in view: half of them, or as much as there is room for. */
function useSeen(pane: React.RefObject<HTMLElement | null>, keys: string, seen?: (key: string) => void) {
  const tell = useRef(seen);
  useEffect(() => {
    tell.current = seen;
  });
  useEffect(() => {
    const questions = pane.current?.querySelectorAll<HTMLElement>('[data-question]') ?? [];
    if (!('IntersectionObserver' in window)) {
      questions.forEach((question) => tell.current?.(question.dataset.question!));
      return;
    }
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, intersectionRatio, intersectionRect, target } of entries) {
          const enough = intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight * 0.2;
          if (isIntersecting && enough) tell.current?.((target as HTMLElement).dataset.question!);
        }
      },
      { threshold: [0, 0.1, 0.25, 0.5, 1] },
    );
    // Controls that are fetched on demand come later.
    const follow = () =>
      pane.current?.querySelectorAll('[data-question]').forEach((question) => watch.observe(question));
    follow();
    const grown = new MutationObserver(follow);
    if (pane.current) grown.observe(pane.current, { childList: true, subtree: true });
    return () => {
      watch.disconnect();
      grown.disconnect();
    };
  }, [pane, keys]);
}
