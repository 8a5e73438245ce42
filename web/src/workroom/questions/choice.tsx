import { TextInput } from '@mantine/core';
import { useDeferredValue, useId, useRef, useState } from 'react';
import type { Option, Question, QuestionAnswer } from '../../api/types';
import { Visible } from '../invisible';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import { digitOf, type ControlProps, type Kind } from './kind';

/** More options than this can be searched. */
const SEARCHED_FROM = 12;

/** An option's hotkey: its own, or its digit where the list is short and no option has the digit for its own. */
export function hotkeys(options: readonly Option[]): (string | undefined)[] {
  const own = new Set(options.flatMap(({ key }) => (key ? [key.toLowerCase()] : [])));
  return options.map(({ key }, index) => {
    if (key) return key.toLowerCase();
    const digit = options.length <= 9 ? digitOf(index) : undefined;
    return digit && !own.has(digit) ? digit : undefined;
  });
}

/** Chosen anew, or chosen no more. */
function toggled(question: Question, { values = [] }: QuestionAnswer, value: string): QuestionAnswer {
  if (!question.multiple) return { values: [value] };
  if (!values.includes(value)) return { values: [...values, value] };
  const left = values.filter((v) => v !== value);
  return left.length > 0 ? { values: left } : {};
}

/** One of several options, or some of them. */
export const choice: Kind = {
  Control,
  empty: 'Choose one before you submit.',
  given: ({ values }) => (values ?? []).length > 0,
  fault: ({ values = [] }, { multiple, min, max }) => {
    if (!multiple) return null;
    if (values.length < (min ?? 0)) return `Choose at least ${min}.`;
    return values.length > (max ?? Infinity) ? `Choose at most ${max}.` : null;
  },
  values: ({ values }) => values ?? [],
  words: ({ values = [] }, { options }) =>
    values.map((value) => options?.find((o) => o.value === value)?.label ?? value).join(', '),
  keys: (question, answer, change) => {
    const options = question.options ?? [];
    const keys = hotkeys(options);
    return Object.fromEntries(
      options.flatMap(({ value }, index) => {
        const key = keys[index];
        return key ? [[key, () => change(toggled(question, answer, value))]] : [];
      }),
    );
  },
};

function Control(props: ControlProps) {
  const { question, answer, change } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const options = question.options ?? [];
  const wanted = useDeferredValue(search).toLowerCase().split(/\s+/);
  const chosen = answer.values ?? [];
  const keys = hotkeys(options);
  const found = options
    .map((option, index) => ({ option, key: keys[index] }))
    .filter(({ option: { label, value } }) => {
      if (!change) return chosen.includes(value);
      const words = `${label} ${value}`.toLowerCase();
      return wanted.every((word) => words.includes(word));
    });
  const bounds = question.multiple && boundsOf(question);
  return (
    <Frame {...props} aside={bounds && <span className={styles.optional}> {bounds}</span>}>
      {change && options.length > SEARCHED_FROM && (
        <TextInput
          aria-label={`Search ${options.length} options`}
          placeholder={`Search ${options.length} options${props.searchKey ? ` (${props.searchKey})` : ''}; Enter takes the first`}
          className={styles.search}
          data-search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && found[0]) {
              event.preventDefault();
              change(toggled(question, answer, found[0].option.value));
            }
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              list.current?.querySelector('input')?.focus();
            }
            if (event.key === 'Escape') props.leave?.();
          }}
        />
      )}
      <div className={styles.options} ref={list} data-long={options.length > SEARCHED_FROM || undefined}>
        {found.map(({ option, key }) => (
          <label key={option.value} className={styles.option}>
            <input
              type={question.multiple ? 'checkbox' : 'radio'}
              name={id}
              checked={chosen.includes(option.value)}
              disabled={!change}
              onChange={() => change?.(toggled(question, answer, option.value))}
            />
            <span dir="auto">
              <Visible text={option.label} />
            </span>
            {change && key && <kbd aria-hidden="true">{key}</kbd>}
          </label>
        ))}
        {found.length === 0 && (
          <p className={styles.help}>{change ? 'No option has these words.' : 'No answer.'}</p>
        )}
      </div>
      {change && options.length > SEARCHED_FROM && chosen.length > 0 && (
        <p className={styles.help} role="status">
          Chosen: <bdi>{choice.words(answer, question, {})}</bdi>
        </p>
      )}
    </Frame>
  );
}

function boundsOf({ min, max }: Question): string {
  if (min != null && max != null) return min === max ? `choose ${min}` : `choose ${min} to ${max}`;
  if (min != null) return `choose at least ${min}`;
  return max != null ? `choose at most ${max}` : 'choose any number';
}
