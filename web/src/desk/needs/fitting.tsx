import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { askPlain } from '../../api/client';
import { counted, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import type { Criterion, MatchPage, MatchedPerson, Need } from '../types';
import { Offer } from './offer';

/** People against a need: each criterion met, not met or unknown, in words. There is no score. */
export function Fitting({ need }: { need: Need }) {
  const [missing, setMissing] = useState(0);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [offering, setOffering] = useState(false);
  const found = useInfiniteQuery({
    queryKey: ['vendor', 'matches', need.id, missing],
    queryFn: ({ pageParam }) =>
      askPlain<MatchPage>('POST', '/api/desk/matches', {
        terms: need.terms,
        missing,
        after: pageParam,
        limit: 50,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const people = (found.data?.pages ?? []).flatMap((page) => page.people);
  const shown = people.filter((person) => person.name.toLowerCase().includes(name.trim().toLowerCase()));
  const pick = (person: string, on: boolean) =>
    setChosen(on ? [...chosen, person] : chosen.filter((one) => one !== person));
  return (
    <section aria-labelledby="fitting">
      <Title order={2} id="fitting" mb="xs">
        People who fit
      </Title>
      <Group align="flex-end" gap="sm" mb="xs" role="group" aria-label="Filters">
        <NativeSelect
          label="Show people who miss"
          value={String(missing)}
          onChange={(event) => setMissing(Number(event.currentTarget.value))}
          data={[
            { value: '0', label: 'nothing' },
            { value: '1', label: 'at most one criterion' },
            { value: '2', label: 'at most two' },
            { value: '3', label: 'at most three' },
          ]}
        />
        <TextInput label="Handle" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button disabled={chosen.length === 0} onClick={() => setOffering(true)}>
          Offer to {counted(chosen.length, 'person', 'people')}…
        </Button>
      </Group>
      {found.data && <Text c="dimmed">{found.data.pages[0]!.rule}</Text>}
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Loading what="Comparing people with the need" />}
      {found.data && people.length === 0 && (
        <Text>
          Nobody fits. Show people who miss a criterion, open places that ask for less, or{' '}
          <Link to="/desk/vetting/listings">open a listing</Link>.
        </Text>
      )}
      <ul className="bare">
        {shown.map((person) => (
          <li key={person.person} className="panel">
            <Fit
              person={person}
              currency={need.terms.rate?.currency ?? null}
              chosen={chosen.includes(person.person)}
              pick={pick}
            />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          mt="xs"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {offering && (
        <Offer
          need={need}
          people={people.filter(({ person }) => chosen.includes(person))}
          close={() => setOffering(false)}
          made={() => setChosen([])}
        />
      )}
    </section>
  );
}

const tones = { met: 'good', notMet: 'stopped', unknown: 'attention' } as const;
const stateWords = { met: 'Met', notMet: 'Not met', unknown: 'Unknown' };

function Fit({
  person,
  currency,
  chosen,
  pick,
}: {
  person: MatchedPerson;
  currency: string | null;
  chosen: boolean;
  pick: (person: string, on: boolean) => void;
}) {
  const barred = person.criteria.some(({ gate, state }) => gate && state !== 'met');
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Checkbox
          label={person.name}
          fw={600}
          checked={chosen}
          onChange={(event) => pick(person.person, event.currentTarget.checked)}
        />
        <Link to={`/desk/people/${person.person}`}>
          Profile<span className="visually-hidden"> of {person.name}</span>
        </Link>
        {person.rate !== null && <Text>asks {money(person.rate, currency)} an hour</Text>}
        {barred && <Text c="dimmed">can accept as soon as what is barred is in order</Text>}
      </Group>
      <CriterionList criteria={person.criteria} />
    </Stack>
  );
}

export function CriterionList({ criteria }: { criteria: Criterion[] }) {
  return (
    <ul className="bare" aria-label="Criteria">
      {criteria.map(({ state, reason, gate }) => (
        <li key={reason}>
          <State tone={tones[state]}>{stateWords[state]}</State> {reason}
          {gate && state !== 'met' && ' Nobody is placed without it.'}
        </li>
      ))}
    </ul>
  );
}
