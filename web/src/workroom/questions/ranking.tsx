import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { ItemContent, QuestionAnswer } from '../../api/types';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import { digitOf, letterOf, type ControlProps, type Kind } from './kind';

/** Up to here every rank has its own button; beyond, one steps. */
const BUTTONS_UP_TO = 9;

const countOf = (item: ItemContent, { ranks = [] }: QuestionAnswer) => item.responses?.length ?? ranks.length;

const ranksOf = (answer: QuestionAnswer, count: number) =>
  Array.from({ length: count }, (_, index) => answer.ranks?.[index] ?? 0);

/**
 * Places a response at a rank. Without ties, whoever stood there takes the place that became free.
 * @param rank 0 takes it out of the ranking.
 */
export function placed(ranks: readonly number[], response: number, rank: number, ties: boolean): number[] {
  const before = ranks[response] ?? 0;
  return ranks.map((held, index) => {
    if (index === response) return rank;
    return !ties && rank !== 0 && held === rank ? before : held;
  });
}

/** All responses in order of merit. */
export const ranking: Kind = {
  Control,
  empty: 'Give every response a rank before you submit.',
  given: ({ ranks = [] }) => ranks.some((rank) => rank > 0),
  fault: ({ ranks = [] }) =>
    ranks.some((rank) => rank === 0) ? 'Give every response a rank before you submit.' : null,
  values: () => [],
  words: ({ ranks = [] }) =>
    [...new Set(ranks)]
      .filter((rank) => rank > 0)
      .sort((x, y) => x - y)
      .map((rank) => ranks.flatMap((held, index) => (held === rank ? [letterOf(index)] : [])).join(' = '))
      .join(' > '),
  keys: (question, answer, change, item) => {
    const count = countOf(item, answer);
    const ranks = ranksOf(answer, count);
    return Object.fromEntries(
      Array.from({ length: Math.min(count, 9) }, (_, index) => [
        String(index + 1),
        () => {
          const response = responseInFocus() ?? ranks.indexOf(0);
          if (response < 0 || response >= count) return;
          change({ ranks: placed(ranks, response, index + 1, question.ties ?? false) });
        },
      ]),
    );
  },
};

/** The response whose text or row has the focus; null: none, and keys fill the ranking in order. */
function responseInFocus(): number | null {
  const at = document.activeElement?.closest<HTMLElement>('[data-response]');
  return at ? Number(at.dataset.response) : null;
}

function Control(props: ControlProps) {
  const { question, answer, change, item } = props;
  const count = countOf(item, answer);
  const ranks = ranksOf(answer, count);
  const rows = useRef<HTMLOListElement>(null);
  const put = (response: number, rank: number) =>
    change?.({ ranks: placed(ranks, response, rank, question.ties ?? false) });
  const step = (response: number, by: number) => {
    const held = ranks[response] ?? 0;
    // The first step places it: upwards at the top, downwards at the end.
    put(response, held === 0 ? (by < 0 ? 1 : count) : Math.min(Math.max(held + by, 1), count));
  };
  const press = (event: React.KeyboardEvent, response: number) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (move !== undefined) step(response, move);
    else if (turn !== undefined) focusRow(rows.current, response + turn);
    else if (event.key === 'Backspace' || event.key === 'Delete') put(response, 0);
    else return;
    event.preventDefault();
  };
  return (
    <Frame
      {...props}
      aside={
        <span className={styles.optional}> {question.ties ? 'ties are allowed' : 'each rank once'}</span>
      }
    >
      {change && (
        <p className={styles.help}>
          Number keys place the response that has the focus, or the next one without a rank. On a row: ↑ and ↓
          move it, ← and → go to the next row.
        </p>
      )}
      <ol className={styles.ranking} ref={rows}>
        {ranks.map((rank, response) => (
          <li key={response} data-response={response}>
            <span
              className={styles.ranked}
              role={change ? 'spinbutton' : undefined}
              tabIndex={change ? 0 : undefined}
              aria-label={change && `Rank of response ${letterOf(response)}`}
              aria-valuemin={change && 1}
              aria-valuemax={change && count}
              aria-valuenow={change && rank > 0 ? rank : undefined}
              aria-valuetext={change && rankWords(ranks, response)}
              onKeyDown={change && ((event) => press(event, response))}
            >
              <b>{letterOf(response)}</b> {rankWords(ranks, response)}
            </span>
            {change && count <= BUTTONS_UP_TO && (
              <span className={styles.ranks}>
                {ranks.map((_, index) => (
                  <button
                    key={index}
                    type="button"
                    // By keyboard the row itself does this.
                    tabIndex={-1}
                    aria-pressed={rank === index + 1}
                    aria-label={`Response ${letterOf(response)} at rank ${index + 1}`}
                    onClick={() => put(response, index + 1)}
                  >
                    {digitOf(index)}
                  </button>
                ))}
              </span>
            )}
            {change && count > BUTTONS_UP_TO && (
              <span className={styles.ranks}>
                <Button variant="default" size="compact-xs" tabIndex={-1} onClick={() => step(response, -1)}>
                  Up<span className="visually-hidden">: response {letterOf(response)}</span>
                </Button>
                <Button variant="default" size="compact-xs" tabIndex={-1} onClick={() => step(response, 1)}>
                  Down<span className="visually-hidden">: response {letterOf(response)}</span>
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Frame>
  );
}

function focusRow(rows: HTMLElement | null, row: number) {
  rows?.querySelector<HTMLElement>(`[data-response="${row}"] [role=spinbutton]`)?.focus();
}

function rankWords(ranks: readonly number[], response: number): string {
  const rank = ranks[response] ?? 0;
  if (rank === 0) return 'no rank yet';
  const level = ranks.flatMap((held, index) =>
    held === rank && index !== response ? [letterOf(index)] : [],
  );
  return `rank ${rank} of ${ranks.length}${level.length > 0 ? `, level with ${level.join(', ')}` : ''}`;
}
