import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { Question } from '../../api/types';
import type { SettingsProps } from './question-settings';
import { termsOf } from './types';

/** Whether a question is asked at all: only after certain answers to an earlier one. */
export function ShowIf({ question, earlier, faults, change }: SettingsProps & { earlier: Question[] }) {
  const possible = earlier.filter((other) => termsOf(other) !== null || other.type === 'number');
  const showIf = question.showIf ?? null;
  // A condition on a question that has moved below stays in sight, so that it can be taken away.
  if (possible.length === 0 && !showIf) return null;
  const on = possible.find((other) => other.key === showIf?.question);
  const terms = on && termsOf(on);
  const set = (is: string[]) => change({ ...question, showIf: { question: showIf!.question, is } });
  return (
    <Stack gap="xs">
      <NativeSelect
        label="Asked"
        error={on && terms ? undefined : faults.showIf}
        value={showIf?.question ?? ''}
        onChange={(event) => {
          const key = event.currentTarget.value;
          change({ ...question, showIf: key ? { question: key, is: [] } : null });
        }}
        data={[
          { value: '', label: 'always' },
          ...(showIf && !on ? [{ value: showIf.question, label: 'by a question that is not above' }] : []),
          ...possible.map((other) => ({ value: other.key, label: `by the answer to: ${other.title}` })),
        ]}
      />
      {showIf && terms && (
        <Checkbox.Group
          label="When the answer is one of"
          value={showIf.is}
          onChange={set}
          error={faults.showIf}
        >
          <Group mt={4} gap="xs">
            {terms.map((term) => (
              <Checkbox key={term.value} value={term.value} label={term.label} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {showIf && on?.type === 'number' && (
        <TextInput
          label="When the number is one of"
          description="Separated by spaces."
          value={showIf.is.join(' ')}
          error={faults.showIf}
          onChange={(event) => set(event.currentTarget.value.split(/\s+/).filter(Boolean))}
        />
      )}
    </Stack>
  );
}
