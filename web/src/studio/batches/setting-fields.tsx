import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Fields, SetFields } from './fields';
import { Amount, Part } from './field-parts';

/** All that may be changed while a batch runs, in groups. */
export function SettingFields({ fields, set }: { fields: Fields; set: SetFields }) {
  const paid = fields.price !== '';
  return (
    <>
      <Part title="When, and how much at once">
        <Amount
          label="Priority"
          description="0 to 9; 9 is worked on first, and no batch starves"
          value={fields.priority}
          set={(priority) => set({ priority })}
          max={9}
        />
        <TextInput
          type="datetime-local"
          label="Deadline"
          description="In your time; it stops nothing by itself"
          value={fields.deadline}
          onChange={(event) => set({ deadline: event.currentTarget.value })}
        />
        <Amount
          label="Time for a task"
          description="Then it goes to somebody else, unless its holder gives a sign"
          value={fields.leaseMinutes}
          set={(leaseMinutes) => set({ leaseMinutes })}
          min={1}
          max={1_440}
          suffix=" min"
        />
        <Amount
          label="Tasks in one hand"
          description="Most that one person holds at once"
          value={fields.held}
          set={(held) => set({ held })}
          min={1}
          max={100}
        />
        <Amount
          label="Answers per person and day"
          description="Empty: no limit. A day is a UTC day"
          value={fields.dailyCap}
          set={(dailyCap) => set({ dailyCap })}
          min={1}
          max={100_000}
          optional
        />
      </Part>
      <Part title="Who may work on it">
        <TextInput
          label="Skills"
          description="Codes such as medicine; a person needs all of them"
          value={fields.skills}
          onChange={(event) => set({ skills: event.currentTarget.value })}
        />
        <TextInput
          label="Languages"
          description="Codes such as de, en; a person needs all of them"
          value={fields.languages}
          onChange={(event) => set({ languages: event.currentTarget.value })}
        />
        <Checkbox
          label="Content that the project warns of"
          description="Kept from people who chose not to see it"
          checked={fields.warning}
          onChange={(event) => set({ warning: event.currentTarget.checked })}
        />
      </Part>
      <Part title="Quality">
        <Amount
          label="Answers that are reviewed"
          description="The others are accepted as they are"
          value={fields.reviewPercent}
          set={(reviewPercent) => set({ reviewPercent })}
          max={100}
          suffix=" %"
        />
        <Amount
          label="Reviewed twice"
          description="Of those; the second reviewer does not see what the first said"
          value={fields.secondReviewPercent}
          set={(secondReviewPercent) => set({ secondReviewPercent })}
          max={100}
          suffix=" %"
        />
        <NativeSelect
          label="Returned work goes to"
          value={fields.rework}
          onChange={(event) => set({ rework: event.currentTarget.value as Fields['rework'] })}
          data={[
            { value: 'same', label: 'the same person' },
            { value: 'another', label: 'another person' },
          ]}
        />
        <Amount
          label="Returns of one answer"
          description="At most; then lab staff decide"
          value={fields.maxRounds}
          set={(maxRounds) => set({ maxRounds })}
          max={10}
        />
        <Amount
          label="Tasks with a known answer"
          description="They look like all others and are never delivered"
          value={fields.goldPercent}
          set={(goldPercent) => set({ goldPercent })}
          max={50}
          suffix=" %"
        />
        <NativeSelect
          label="What is told of them"
          value={fields.goldFeedback}
          onChange={(event) => set({ goldFeedback: event.currentTarget.value as Fields['goldFeedback'] })}
          data={[
            { value: 'kept', label: 'nothing: they measure' },
            { value: 'training', label: 'at once: they teach' },
          ]}
        />
      </Part>
      <Part title="Money">
        <Amount
          label="Price of an accepted answer"
          description="Empty: not paid by the answer"
          value={fields.price}
          set={(price) => set({ price })}
          decimals={2}
          optional
        />
        {paid && (
          <>
            <TextInput
              label="Currency"
              description="Three letters, such as EUR"
              required
              withAsterisk={false}
              pattern="[A-Z]{3}"
              maxLength={3}
              value={fields.currency}
              onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
            />
            <Amount
              label="Cost cap"
              description="No more tasks are given out that would go beyond it"
              value={fields.priceCap}
              set={(priceCap) => set({ priceCap })}
              decimals={2}
              optional
            />
          </>
        )}
      </Part>
    </>
  );
}
