import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useHere } from '../../session/membership';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useApproveFacets, useFacets } from './queries';

/** Item properties that may lie in clear, so that lists, batches and guidelines can go by them. The owner allows them. */
export function Facets({ lab, project }: { lab: string; project: string }) {
  const facets = useFacets(lab, project);
  const approve = useApproveFacets(lab, project);
  const owner = useHere().membership.role === 'owner';
  const [name, setName] = useState('');
  const names = facets.data?.facets ?? [];
  const wrong = name !== '' && !/^[a-z0-9][a-z0-9_-]*$/.test(name);
  const add = (event: FormEvent) => {
    event.preventDefault();
    approve.mutate([...names, name], { onSuccess: () => setName('') });
  };
  return (
    <section className="panel" aria-labelledby="facets">
      <Title order={2} id="facets" mb="xs">
        Facets
      </Title>
      <Stack gap="sm">
        <Text c="dimmed">
          Everything of an item is sealed, but for the facets named here: their names and values are stored in
          clear, so that lists, batches and guidelines can go by them. Allow only what gives nothing away,
          such as a language.
        </Text>
        <ProblemNotice error={facets.error} retry={() => void facets.refetch()} />
        {facets.data && names.length === 0 && <Text>None are allowed.</Text>}
        <Group gap="xs">
          {names.map((facet) => (
            <span key={facet} className="state" data-tone="neutral">
              {facet}
            </span>
          ))}
        </Group>
        {owner && facets.data && (
          <form onSubmit={add}>
            <Group gap="xs" align="flex-end">
              <TextInput
                label="Allow one more"
                description="It counts for rows that are imported from now on."
                maxLength={40}
                value={name}
                error={
                  wrong ? 'Small letters, digits, “-” and “_”, beginning with a letter or digit.' : undefined
                }
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button
                type="submit"
                variant="default"
                disabled={name === '' || wrong || names.includes(name)}
                loading={approve.isPending}
              >
                Allow in clear
              </Button>
            </Group>
          </form>
        )}
        {!owner && <Text c="dimmed">The lab’s owner allows facets.</Text>}
        <ProblemNotice error={approve.error} />
        {approve.isSuccess && <Notice tone="good" title="The facets are allowed" live />}
      </Stack>
    </section>
  );
}
