import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Batch } from '../../api/types';
import { money } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import { useFacets } from '../data/queries';
import { useFormVersions } from '../form/queries';
import { useGuidelineVersions } from '../guidelines/queries';
import { newBatchOf, startFields, worstCost, type Fields, type SetFields } from './fields';
import { Amount, Part } from './field-parts';
import { useOpenBatch } from './queries';
import { SettingFields } from './setting-fields';

/** Opening a batch makes tasks of items; what can be changed later stands below what cannot. */
export function OpenBatch({
  lab,
  project,
  opened,
  close,
}: {
  lab: string;
  project: string;
  opened: (batch: Batch) => void;
  close: () => void;
}) {
  const open = useOpenBatch(lab, project);
  const [fields, setFields] = useState(startFields);
  const set: SetFields = (part) => setFields((now) => ({ ...now, ...part }));
  const cost = worstCost(fields, fields.limit === '' ? null : fields.limit);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(newBatchOf(fields), { onSuccess: opened });
  };
  return (
    <section aria-labelledby="open-batch">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Title order={2} id="open-batch">
            Open a batch
          </Title>
          <Tasks lab={lab} project={project} fields={fields} set={set} />
          <SettingFields fields={fields} set={set} />
          {cost !== null && (
            <Text>
              At most {money(cost, fields.currency)} for answers that are accepted
              {fields.priceCap !== '' && ', as the cap says'}.
            </Text>
          )}
          <ProblemNotice error={open.error} safe="No batch was opened." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={open.isPending}>
              Open the batch
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

function Tasks({
  lab,
  project,
  fields,
  set,
}: {
  lab: string;
  project: string;
  fields: Fields;
  set: SetFields;
}) {
  const guidelines = useGuidelineVersions(lab, project);
  const forms = useFormVersions(lab, project);
  const facets = useFacets(lab, project).data?.facets ?? [];
  return (
    <Part title="What becomes a task">
      <TextInput
        label="Name"
        description="Experts see a code instead"
        required
        withAsterisk={false}
        maxLength={200}
        value={fields.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Amount
        label="Answers to an item"
        description="Each from another person"
        value={fields.overlap}
        set={(overlap) => set({ overlap })}
        min={1}
        max={50}
      />
      <Checkbox
        label="One more where they disagree"
        description="Once, where no vote has more than half"
        disabled={Number(fields.overlap) < 2}
        checked={fields.adaptive && Number(fields.overlap) > 1}
        onChange={(event) => set({ adaptive: event.currentTarget.checked })}
      />
      <NativeSelect
        label="Guidelines"
        value={fields.guidelineVersion}
        onChange={(event) => set({ guidelineVersion: event.currentTarget.value })}
        data={[
          { value: '', label: 'the newest version' },
          ...(guidelines.data ?? []).map(({ number }) => ({
            value: String(number),
            label: `version ${number}`,
          })),
          { value: '0', label: 'none' },
        ]}
      />
      <NativeSelect
        label="Form"
        value={fields.formVersion}
        onChange={(event) => set({ formVersion: event.currentTarget.value })}
        data={[
          { value: '', label: 'the newest version' },
          ...(forms.data ?? []).map(({ version }) => ({
            value: String(version),
            label: `version ${version}`,
          })),
        ]}
      />
      <Amount
        label="Items at most"
        description="Empty: every item that is in no batch yet"
        value={fields.limit}
        set={(limit) => set({ limit })}
        min={1}
        optional
      />
      {facets.length > 0 && (
        <NativeSelect
          label="Only items with"
          value={fields.facet}
          onChange={(event) => set({ facet: event.currentTarget.value })}
          data={[
            { value: '', label: 'any facets' },
            ...facets.map((facet) => ({ value: facet, label: facet })),
          ]}
        />
      )}
      {fields.facet && (
        <TextInput
          label={`Value of ${fields.facet}`}
          required
          withAsterisk={false}
          maxLength={100}
          value={fields.facetValue}
          onChange={(event) => set({ facetValue: event.currentTarget.value })}
        />
      )}
    </Part>
  );
}
