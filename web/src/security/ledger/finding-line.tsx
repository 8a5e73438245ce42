import { Group, Text } from '@mantine/core';
import { State } from '../../ui/notice';
import type { Finding } from './check';

const words = {
  holds: ['good', 'Holds'],
  broken: ['stopped', 'Broken'],
  unchecked: ['attention', 'Not checked'],
} as const;

/** What was looked at, what came of it, and the detail. */
export function FindingLine({ name, finding }: { name: string; finding: Finding }) {
  const [tone, word] = words[finding.state];
  return (
    <Group gap="xs" align="baseline">
      <State tone={tone}>{word}</State>
      <Text>
        {name}. {finding.detail}
      </Text>
    </Group>
  );
}
