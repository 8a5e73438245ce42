import { Checkbox, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import type { Question } from '../../api/types';
import { OptionRows } from './option-rows';
import type { SettingsProps } from './question-settings';

const scales = [
  ['3+', '3 points: A, equal, B'],
  ['5+', '5 points: much better to much better, with equal'],
  ['7+', '7 points: three degrees, with equal'],
  ['2', '2 points: A or B'],
  ['4', '4 points: two degrees, no tie'],
  ['6', '6 points: three degrees, no tie'],
] as const;

/** What only a question of this type has. */
export function TypeSettings(props: SettingsProps) {
  switch (props.question.type) {
    case 'pairwise':
      return <Pairwise {...props} />;
    case 'ranking':
      return <Ranking {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'rating':
      return <Rating {...props} />;
    case 'number':
      return <NumberSettings {...props} />;
    case 'text':
      return <FreeText {...props} />;
    case 'spans':
      return <Spans {...props} />;
  }
}

function Pairwise({ question, change }: SettingsProps) {
  return (
    <>
      <NativeSelect
        label="Scale"
        value={`${question.points}${question.tie ? '+' : ''}`}
        onChange={(event) => {
          const scale = event.currentTarget.value;
          change({ ...question, points: parseInt(scale), tie: scale.endsWith('+') });
        }}
        data={scales.map(([value, label]) => ({ value, label }))}
      />
      <Text c="dimmed">
        Which response stands left is drawn by lot for each task and recorded; the page never learns which is
        which.
      </Text>
    </>
  );
}

function Ranking({ question, change }: SettingsProps) {
  return (
    <>
      <Flag {...{ question, change }} member="ties" label="Two responses may share a place" />
      <Text c="dimmed">It ranks the responses of the item, which stand in an order drawn by lot.</Text>
    </>
  );
}

function Choice({ question, faults, change }: SettingsProps) {
  return (
    <>
      <OptionRows
        title="Options"
        field="options"
        options={question.options ?? []}
        faults={faults}
        change={(options) => change({ ...question, options })}
      />
      <Flag {...{ question, change }} member="multiple" label="Several may be chosen" />
      {question.multiple && (
        <Group align="flex-start">
          <Whole {...{ question, faults, change }} member="min" label="At least" />
          <Whole {...{ question, faults, change }} member="max" label="At most" />
        </Group>
      )}
    </>
  );
}

function Rating({ question, faults, change }: SettingsProps) {
  return (
    <>
      <Group align="flex-start">
        <NativeSelect
          label="Points"
          value={String(question.points ?? 5)}
          onChange={(event) => change({ ...question, points: Number(event.currentTarget.value) })}
          data={Array.from({ length: 10 }, (_, index) => String(index + 2))}
        />
        <NativeSelect
          label="Begins at"
          value={String(question.from ?? 1)}
          onChange={(event) => change({ ...question, from: Number(event.currentTarget.value) })}
          data={['0', '1']}
        />
      </Group>
      <Words {...{ question, faults, change }} member="low" label="Words at the low end" />
      <Words {...{ question, faults, change }} member="high" label="Words at the high end" />
    </>
  );
}

function NumberSettings({ question, faults, change }: SettingsProps) {
  return (
    <>
      <Group align="flex-start">
        <Amount {...{ question, faults, change }} member="min" label="Least" />
        <Amount {...{ question, faults, change }} member="max" label="Most" />
      </Group>
      <Words {...{ question, faults, change }} member="unit" label="Unit, shown beside the number" />
      <Flag {...{ question, change }} member="whole" label="Whole numbers only" />
    </>
  );
}

function FreeText({ question, faults, change }: SettingsProps) {
  return (
    <>
      <NumberInput
        label="Most characters"
        min={1}
        max={100_000}
        allowDecimal={false}
        value={question.maxLength ?? 4_000}
        error={faults.maxLength}
        onChange={(value) => change({ ...question, maxLength: Number(value) || 1 })}
      />
      <Flag {...{ question, change }} member="markdown" label="Written in Markdown, with a preview" />
    </>
  );
}

function Spans({ question, faults, change }: SettingsProps) {
  return (
    <>
      <OptionRows
        title="Labels"
        field="labels"
        options={question.labels ?? []}
        faults={faults}
        change={(labels) => change({ ...question, labels })}
      />
      <Flag {...{ question, change }} member="overlap" label="Spans may overlap" />
    </>
  );
}

type Props<Member extends keyof Question> = SettingsProps & { member: Member; label: string };

function Flag({
  question,
  change,
  member,
  label,
}: Omit<Props<'tie' | 'ties' | 'multiple' | 'whole' | 'markdown' | 'overlap'>, 'faults'>) {
  return (
    <Checkbox
      label={label}
      checked={question[member] ?? false}
      onChange={(event) => change({ ...question, [member]: event.currentTarget.checked })}
    />
  );
}

function Words({ question, faults, change, member, label }: Props<'low' | 'high' | 'unit'>) {
  return (
    <TextInput
      label={label}
      maxLength={member === 'unit' ? 40 : 200}
      value={question[member] ?? ''}
      error={faults[member]}
      onChange={(event) => change({ ...question, [member]: event.currentTarget.value })}
    />
  );
}

function Amount({ question, faults, change, member, label }: Props<'min' | 'max'>) {
  return (
    <NumberInput
      label={label}
      w={120}
      value={question[member] ?? ''}
      error={faults[member]}
      onChange={(value) => change({ ...question, [member]: typeof value === 'number' ? value : null })}
    />
  );
}

function Whole(props: Props<'min' | 'max'>) {
  const { question, faults, change, member, label } = props;
  return (
    <NumberInput
      label={label}
      w={120}
      min={0}
      max={question.options?.length}
      allowDecimal={false}
      value={question[member] ?? ''}
      error={faults[member]}
      onChange={(value) => change({ ...question, [member]: typeof value === 'number' ? value : null })}
    />
  );
}
