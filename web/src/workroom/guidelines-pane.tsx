import { Button, Group, Text, Title } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import type { Section } from '../api/types';
import { Visible } from './invisible';
import styles from './workroom.module.css';

const SafeMarkdown = lazy(() => import('./markdown'));

/** The sections that apply to the questions at hand, and no others: the server sends no more. */
export function GuidelinesPane({
  sections,
  version,
  ask,
  children,
}: {
  sections: Pick<Section, 'key' | 'title' | 'body'>[];
  version?: number;
  /** Opens the dialog for questions to the lab; its key, where it has one. */
  ask?: { open: () => void; key: string };
  /** What stands above the sections. */
  children?: ReactNode;
}) {
  return (
    <aside className={styles.guidelines} aria-label="Guidelines for this task">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          Guidelines{version === undefined ? '' : `, version ${version}`}
        </Title>
        {ask && (
          <Button variant="subtle" size="compact-xs" onClick={ask.open}>
            Ask a question ({ask.key})
          </Button>
        )}
      </Group>
      <div className={styles.pane} tabIndex={0} role="group" aria-label="Guideline sections">
        {children}
        {sections.length === 0 && <Text c="dimmed">There are no guidelines for this task.</Text>}
        <Sections sections={sections} level={3} />
      </div>
    </aside>
  );
}

export function Sections({
  sections,
  level,
}: {
  sections: Pick<Section, 'key' | 'title' | 'body'>[];
  level: 2 | 3;
}) {
  return sections.map((section) => (
    <section key={section.key} className={styles.section}>
      <Title order={level} size="h4" dir="auto">
        <Visible text={section.title} />
      </Title>
      <Body text={section.body} />
    </section>
  ));
}

/** Guideline words, formatted once the formatter is here. */
export function Body({ text }: { text: string }) {
  return (
    <Suspense
      fallback={
        <div className="plain" dir="auto">
          {text}
        </div>
      }
    >
      <SafeMarkdown text={text} />
    </Suspense>
  );
}
