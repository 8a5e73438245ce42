import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { BriefRequest, BriefView } from '../api/types';
import { count } from '../ui/format';
import { ProblemNotice, State } from '../ui/notice';
import { useBriefs, usePublishBrief, useWriteBrief } from './queries';
import { kinds, RatesInput } from './rates-input';

const fresh: BriefRequest = {
  codeName: '',
  description: '',
  rates: [{ kind: 'task', unit: 'each', minorUnits: 0, skill: null }],
  kinds: ['task', 'reading', 'rework'],
  skills: [],
  languages: [],
  hoursPerWeek: 20,
  places: 1,
  open: true,
};

/** What the vendor is told of work: written for it, looked at as it will see it, and only then published. */
export function Briefs({ lab, engagement }: { lab: string; engagement: string }) {
  const briefs = useBriefs(lab, engagement);
  const [writing, setWriting] = useState(false);
  return (
    <section className="panel" aria-labelledby="briefs">
      <Stack gap="sm">
        <Title order={2} id="briefs">
          Briefs
        </Title>
        <Text c="dimmed">
          All that the vendor ever sees of the work. Nothing is taken from a project: no item, no guideline,
          no form.
        </Text>
        <ProblemNotice error={briefs.error} retry={() => void briefs.refetch()} />
        {briefs.data?.map((brief) => (
          <Seen key={brief.brief.id} lab={lab} engagement={engagement} of={brief} />
        ))}
        {writing ? (
          <Write lab={lab} engagement={engagement} done={() => setWriting(false)} />
        ) : (
          <Group>
            <Button variant="default" onClick={() => setWriting(true)}>
              Write a brief
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}

/** A brief field by field, as it travels. */
function Seen({ lab, engagement, of }: { lab: string; engagement: string; of: BriefView }) {
  const publish = usePublishBrief(lab, engagement);
  const { brief } = of;
  return (
    <Stack gap={4} className="notice">
      <Group gap="sm">
        <strong>What the vendor sees{of.published ? '' : ', once you publish it'}</strong>
        {of.told ? (
          <State tone="good">Told</State>
        ) : of.published ? (
          <State tone="attention">On its way</State>
        ) : (
          <State>Not published</State>
        )}
      </Group>
      <Text>
        {brief.codeName} · {count(brief.places)} {brief.places === 1 ? 'place' : 'places'} ·{' '}
        {brief.hoursPerWeek} hours a week · skills: {brief.skills.join(', ') || 'none asked'} · languages:{' '}
        {brief.languages.join(', ') || 'none asked'}
      </Text>
      <Text>
        Pays:{' '}
        {brief.rates
          .map(
            (rate) =>
              `${rate.minorUnits} minor units for ${kinds[rate.kind]}, ${rate.unit === 'hour' ? 'an hour' : 'each'}`,
          )
          .join('; ')}
      </Text>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{brief.description}</Text>
      <ProblemNotice error={publish.error} safe="The vendor was told nothing." />
      {!of.published && (
        <Group>
          <Button
            loading={publish.isPending}
            onClick={() => publish.mutate({ brief: brief.id, revision: brief.revision })}
          >
            Publish to the vendor
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Write({ lab, engagement, done }: { lab: string; engagement: string; done: () => void }) {
  const write = useWriteBrief(lab, engagement);
  const [brief, setBrief] = useState(fresh);
  const set = (part: Partial<BriefRequest>) => setBrief({ ...brief, ...part });
  const codes = (text: string) => text.split(/[\s,]+/).filter(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate(brief, { onSuccess: done });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end">
          <TextInput
            label="Code name"
            description="Chosen for the vendor; not the project's"
            required
            maxLength={60}
            value={brief.codeName}
            onChange={(event) => set({ codeName: event.currentTarget.value })}
          />
          <TextInput
            label="Skills, as codes"
            onChange={(event) => set({ skills: codes(event.currentTarget.value) })}
          />
          <TextInput
            label="Languages"
            description="Such as en, de-CH"
            onChange={(event) => set({ languages: codes(event.currentTarget.value) })}
          />
          <NumberInput
            label="Hours a week"
            min={0}
            max={168}
            value={brief.hoursPerWeek}
            onChange={(value) => set({ hoursPerWeek: Number(value) || 0 })}
          />
          <NumberInput
            label="Places"
            min={0}
            max={100_000}
            value={brief.places}
            onChange={(value) => set({ places: Number(value) || 0 })}
          />
        </Group>
        <RatesInput currency="" rates={[...brief.rates]} change={(rates) => set({ rates })} />
        <Textarea
          label="Description"
          description="Say what people need to know before they take the work, and nothing of your method."
          maxLength={4_000}
          autosize
          minRows={3}
          value={brief.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <ProblemNotice error={write.error} safe="The vendor was told nothing." />
        <Group>
          <Button type="submit" loading={write.isPending}>
            Keep it, to look at
          </Button>
          <Button variant="default" onClick={done}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
