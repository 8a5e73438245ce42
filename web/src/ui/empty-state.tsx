import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="panel">
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text component="div" c="dimmed" mt={4}>
        {children}
      </Text>
    </div>
  );
}
