import { Loader, Text } from '@mantine/core';

/** Says that something is under way; the words come at once, the movement is still when motion is unwanted. */
export function Loading({ what }: { what: string }) {
  return (
    <Text role="status" c="dimmed" p="md">
      <Loader size="xs" type="dots" mr="xs" aria-hidden />
      {what}…
    </Text>
  );
}
