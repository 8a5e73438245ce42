import { Stack, Text } from '@mantine/core';
import type { Content, SealedItem } from '../api/types';
import { ContentView } from '../workroom/content';

/** The texts of an item below each other, as plain text: nothing in them is markup here. */
export function ItemParts({ item }: { item: SealedItem }) {
  const parts: [string, Content | null | undefined][] = [
    ['Prompt', item.prompt],
    ['Response a', item.a],
    ['Response b', item.b],
    ...(item.responses ?? []).map((response, index): [string, Content] => [
      `Response ${index + 1}`,
      response,
    ]),
    ['Text', item.text],
  ];
  return (
    <Stack gap="sm">
      {parts.map(
        ([name, content]) =>
          content !== null &&
          content !== undefined && (
            <div key={name}>
              <Text fw={600} component="p" m={0}>
                {name}
              </Text>
              <ContentView content={content} rendering="text" />
            </div>
          ),
      )}
    </Stack>
  );
}

/** What an item has beside its texts: name and value, in the item's own words. */
export function ItemFacts({ facts }: { facts: [string, unknown][] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The facts of an item as it is sealed. */
export function factsOf(item: SealedItem): [string, unknown][] {
  return [
    ...one('External id', item.external),
    ...one('Image', typeof item.image === 'string' ? item.image : item.image?.name),
    ...many('Suggestion', item.prelabels),
    ...Object.entries(item.fields ?? {}),
  ];
}

const one = (name: string, value: string | null | undefined): [string, unknown][] =>
  value === null || value === undefined ? [] : [[name, value]];

export const many = (kind: string, values: Record<string, unknown> | null | undefined): [string, unknown][] =>
  Object.entries(values ?? {}).map(([name, value]) => [`${kind} ${name}`, value]);

/** Where staff fetch an item's image. What it is called is nowhere in the address. */
export const imageOf = (lab: string, project: string, item: string) =>
  `/api/labs/${lab}/projects/${project}/items/${item}/image`;
