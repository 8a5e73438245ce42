import { Button, Group, NativeSelect, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import type { Question, QuestionType } from '../../api/types';
import type { Faults } from './check';
import styles from './form.module.css';
import { newQuestion, typeNames, types } from './types';

/** The questions in their order. A deleted question is gone from the next version; older versions keep it. */
export function QuestionList({
  questions,
  faults,
  selected,
  select,
  edit,
}: {
  questions: Question[];
  faults: Faults[];
  selected: number;
  select: (index: number) => void;
  edit: (questions: Question[], select?: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const move = (by: number) => {
    const next = [...questions];
    next.splice(selected + by, 0, ...next.splice(selected, 1));
    edit(next, selected + by);
  };
  const remove = () => {
    edit(questions.filter((_, index) => index !== selected));
    list.current?.querySelector('button')?.focus();
  };
  return (
    <nav className="panel" aria-label="Questions of the form">
      <Stack gap="sm">
        <Title order={2}>Questions</Title>
        <ol className={styles.list} ref={list}>
          {questions.map((question, index) => (
            <li key={index}>
              <UnstyledButton
                className={styles.entry}
                fz="sm"
                aria-current={index === selected ? 'true' : undefined}
                onClick={() => select(index)}
              >
                <span dir="auto">
                  {index + 1}. {question.title || 'Untitled'}
                </span>
                <span className={styles.sub}>
                  {types[question.type].name}
                  {question.required ? ', required' : ''}
                  {question.showIf ? ', on condition' : ''}
                </span>
                {Object.keys(faults[index] ?? {}).length > 0 && (
                  <span className={`${styles.sub} ${styles.fault}`}>has a fault</span>
                )}
              </UnstyledButton>
            </li>
          ))}
        </ol>
        {questions.length > 0 && (
          <Group gap={4} role="group" aria-label="The chosen question">
            <Button variant="default" disabled={selected === 0} onClick={() => move(-1)}>
              Up
            </Button>
            <Button variant="default" disabled={selected === questions.length - 1} onClick={() => move(1)}>
              Down
            </Button>
            <Button variant="subtle" c="var(--mantine-color-error)" onClick={remove}>
              Remove
            </Button>
          </Group>
        )}
        <NativeSelect
          label="Add a question"
          value=""
          onChange={(event) => {
            const type = event.currentTarget.value as QuestionType;
            if (type) edit([...questions, newQuestion(type, questions)], questions.length);
          }}
          data={[
            { value: '', label: 'of type…' },
            ...typeNames.map((value) => ({ value, label: types[value].name })),
          ]}
        />
        {questions.length === 0 && <Text c="dimmed">A form needs at least one question.</Text>}
      </Stack>
    </nav>
  );
}
