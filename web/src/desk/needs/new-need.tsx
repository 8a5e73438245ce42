import { Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct, useAt } from '../../vendor/asking';
import { MoneyInput } from '../../ui/money-input';
import { workKinds, type WorkRate } from '../../vendor/work';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import type { Brief, EngagementView, Need, Terms } from '../types';
import { agreedInWords } from '../engagements/terms';
import { codes, readLanguages, readSkills } from './terms';

/** Opens places from a lab's brief. */
export function NewNeed({
  brief: id,
  engagement,
  close,
}: {
  brief: string;
  engagement: string;
  close: (made?: string) => void;
}) {
  const view = useAt<EngagementView>(`/api/desk/engagements/${engagement}`);
  const brief = view.data?.briefs.find((one) => one.brief.id === id)?.brief;
  return (
    <Dialog
      title={brief ? `Open places for ${brief.codeName}` : 'Open places'}
      close={() => close()}
      size="xl"
    >
      <ProblemNotice error={view.error} retry={() => void view.refetch()} />
      {view.isPending && <Loading what="Reading the brief" />}
      {view.data && !brief && <Text>The lab has taken this brief back.</Text>}
      {brief && view.data?.terms && <Form brief={brief} terms={view.data.terms} close={close} />}
    </Dialog>
  );
}

function Form({ brief, terms, close }: { brief: Brief; terms: Terms; close: (made?: string) => void }) {
  const make = useAct((need: unknown) => post<Need>('/api/desk/needs', need));
  const currency = terms.currency;
  const [places, setPlaces] = useState(brief.places);
  const [hours, setHours] = useState(Math.max(1, Math.min(80, brief.hoursPerWeek)));
  const [skills, setSkills] = useState(brief.skills.join(' '));
  const [languages, setLanguages] = useState(brief.languages.map((tag) => `${tag}:c1`).join(' '));
  const [listed, setListed] = useState(true);
  const [rates, setRates] = useState<WorkRate[]>(workKinds.map(([kind]) => ({ kind, each: 0, hour: 0 })));
  const unpaid = rates.filter(({ each, hour }) => each + hour === 0);
  const set = (kind: string, change: Partial<WorkRate>) =>
    setRates(rates.map((rate) => (rate.kind === kind ? { ...rate, ...change } : rate)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(
      {
        brief: brief.id,
        places,
        currency,
        rates,
        weekHours: hours,
        listed,
        terms: {
          skills: readSkills(skills),
          languages: readLanguages(languages),
          hoursPerWeek: Math.min(60, hours),
          contentClasses: brief.contentClasses ?? [],
          agreements: codes(terms.agreements.map(({ code }) => code).join(' ')),
          training: [],
        },
      },
      { onSuccess: (need) => close(need.id) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text>The lab pays: {agreedInWords(brief.rates, currency)}</Text>
        <Group align="flex-end">
          <NumberInput
            label="Places"
            min={1}
            max={10_000}
            w={110}
            value={places}
            onChange={(value) => setPlaces(Number(value))}
          />
          <NumberInput
            label="Hours a week"
            min={1}
            max={80}
            w={130}
            value={hours}
            onChange={(value) => setHours(Number(value))}
          />
        </Group>
        <TextInput
          label="Skills"
          description="All of these. A level after a colon (basic, working, expert), ! for verified, | between alternatives: law.contracts:expert!|law.tax writing"
          value={skills}
          onChange={(event) => setSkills(event.currentTarget.value)}
        />
        <TextInput
          label="Languages"
          description="Tags with a level: de:b2 en:native"
          value={languages}
          onChange={(event) => setLanguages(event.currentTarget.value)}
        />
        <fieldset>
          <legend>What people are paid: every kind of work</legend>
          <Stack gap="xs">
            {workKinds.map(([kind, name]) => {
              const rate = rates.find((one) => one.kind === kind)!;
              return (
                <Group key={kind} gap="sm">
                  <MoneyInput
                    label={`${name}: each`}
                    currency={currency}
                    minor={rate.each}
                    change={(each) => set(kind, { each })}
                  />
                  <MoneyInput
                    label={`${name}: an hour`}
                    currency={currency}
                    minor={rate.hour}
                    change={(hour) => set(kind, { hour })}
                  />
                </Group>
              );
            })}
          </Stack>
        </fieldset>
        <Checkbox
          label="Experts find it among open work"
          checked={listed}
          onChange={(event) => setListed(event.currentTarget.checked)}
        />
        {unpaid.length > 0 && (
          <Text c="dimmed">
            Whatever a lab has people do is paid: a rate is missing for{' '}
            {unpaid.map(({ kind }) => workKinds.find(([one]) => one === kind)![1].toLowerCase()).join(', ')}.
          </Text>
        )}
        <ProblemNotice error={make.error} safe="No places were opened." />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => close()}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending} disabled={unpaid.length > 0}>
            Open the places
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
