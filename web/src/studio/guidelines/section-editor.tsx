import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { Question, Section, Sensitivity } from '../../api/types';
import { Notice } from '../../ui/notice';
import { sensitivities, whole } from './sections';

/** One section: its words, whom they are for, and where they apply. */
export function SectionEditor({
  section,
  number,
  questions,
  facets,
  fault,
  change,
  remove,
  up,
  down,
}: {
  section: Section;
  number: number;
  questions: Question[];
  /** Names of the facets that the lab has approved. */
  facets: string[];
  /** What the server found wrong with it. */
  fault?: string;
  change: (section: Section) => void;
  remove: () => void;
  up?: () => void;
  down?: () => void;
}) {
  const { sensitivity, tags } = whole(section);
  return (
    <Stack gap="xs" role="group" aria-label={`Section ${number}`}>
      {fault && <Notice tone="stopped" title={fault} live />}
      <TextInput
        label={`Title of section ${number}`}
        required
        maxLength={200}
        value={section.title}
        onChange={(event) => change({ ...section, title: event.currentTarget.value })}
      />
      <Textarea
        label="Text (Markdown)"
        autosize
        minRows={4}
        maxRows={24}
        maxLength={100_000}
        value={section.body}
        onChange={(event) => change({ ...section, body: event.currentTarget.value })}
      />
      <NativeSelect
        label="Who may see it"
        value={sensitivity}
        onChange={(event) => change({ ...section, sensitivity: event.currentTarget.value as Sensitivity })}
        data={Object.entries(sensitivities).map(([value, label]) => ({ value, label }))}
      />
      <NumberInput
        label="Weight"
        description="What showing it for the first time takes from the reader's budget, 0 to 1,000. Empty: as the lab's policy says of sections; a lower number than that counts as that. Kept in clear."
        min={0}
        max={1_000}
        allowDecimal={false}
        allowNegative={false}
        maw={420}
        value={section.weight ?? ''}
        onChange={(value) => change({ ...section, weight: value === '' ? null : Number(value) })}
      />
      <Checkbox.Group
        label="Applies to"
        description="None chosen: to every question."
        value={section.questions}
        onChange={(chosen) => change({ ...section, questions: chosen })}
      >
        <Group mt={4}>
          {questions.map((question) => (
            <Checkbox key={question.key} value={question.key} label={question.title} />
          ))}
        </Group>
      </Checkbox.Group>
      {(facets.length > 0 || tags.length > 0) && (
        <Tags tags={tags} facets={facets} change={(next) => change({ ...section, tags: next })} />
      )}
      <Group gap="xs">
        {up && (
          <Button variant="subtle" onClick={up} aria-label={`Move section ${number} up`}>
            Up
          </Button>
        )}
        {down && (
          <Button variant="subtle" onClick={down} aria-label={`Move section ${number} down`}>
            Down
          </Button>
        )}
        <Button
          variant="subtle"
          c="var(--mantine-color-error)"
          onClick={remove}
          aria-label={`Remove section ${number}`}
        >
          Remove
        </Button>
      </Group>
    </Stack>
  );
}

/** The items that a section is for, by approved facets: what stands here is stored in clear, and says so. */
function Tags({
  tags,
  facets,
  change,
}: {
  tags: string[];
  facets: string[];
  change: (tags: string[]) => void;
}) {
  const [facet, setFacet] = useState('');
  const [value, setValue] = useState('');
  const name = facet || facets[0] || '';
  const add = () => {
    const tag = `${name}=${value.trim()}`;
    if (!tags.includes(tag)) change([...tags, tag]);
    setValue('');
  };
  return (
    <details open={tags.length > 0 || undefined}>
      <summary>{tags.length === 0 ? 'For every item' : 'For some items only'}</summary>
      <Group gap="xs" align="flex-end" my="xs">
        <NativeSelect
          label="For items with"
          value={name}
          onChange={(event) => setFacet(event.currentTarget.value)}
          data={facets}
          disabled={facets.length === 0}
        />
        <TextInput
          label="Value"
          description="Stored in clear, as the facet is."
          maxLength={100}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button variant="default" disabled={!name || !value.trim()} onClick={add}>
          Add
        </Button>
      </Group>
      <Group gap="xs">
        {tags.map((tag) => (
          <Button
            key={tag}
            variant="default"
            onClick={() => change(tags.filter((other) => other !== tag))}
            aria-label={`Take away ${tag}`}
          >
            {tag} ✕
          </Button>
        ))}
      </Group>
    </details>
  );
}
