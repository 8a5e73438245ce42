import { Stack, Text } from '@mantine/core';
import type { Content } from '../api/types';
import { ContentView } from '../workroom/content';

/** What an item may hold, under the names of a task or of an import row. */
export interface Parts {
  prompt?: Content | null;
  a?: Content | null;
  b?: Content | null;
  left?: Content | null;
  right?: Content | null;
  responses?: Content[] | null;
  text?: Content | null;
}

/** The parts of an item below each other, as plain text: nothing in them is markup here. */
export function ItemParts({ item }: { item: Parts }) {
  const parts: [string, Content | null | undefined][] = [
    ['Prompt', item.prompt],
    ['Response A', item.a ?? item.left],
    ['Response B', item.b ?? item.right],
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

/** An item's image as staff get it. The bytes come from this node alone; what they are called is nowhere in the address. */
export function ItemImage({ lab, project, item }: { lab: string; project: string; item: string }) {
  return (
    <img
      src={`/api/labs/${lab}/projects/${project}/items/${item}/image`}
      alt="The item’s image"
      style={{ maxWidth: '100%', height: 'auto' }}
    />
  );
}
