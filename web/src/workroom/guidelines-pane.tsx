import { Text, Title } from '@mantine/core';
import type { Section } from '../api/types';
import { SafeMarkdown } from './markdown';
import styles from './workroom.module.css';

/** The sections that apply to the questions at hand, and no others: the server sends no more. */
export function GuidelinesPane({ sections, version }: { sections: Section[]; version?: number }) {
  return (
    <aside className={styles.guidelines} aria-label="Guidelines for this task">
      <Title order={2} size="h4">
        Guidelines{version === undefined ? '' : `, version ${version}`}
      </Title>
      <div className={styles.pane} tabIndex={0} role="group" aria-label="Guideline sections">
        {sections.length === 0 && <Text c="dimmed">There are no guidelines for this task.</Text>}
        <Sections sections={sections} level={3} />
      </div>
    </aside>
  );
}

export function Sections({ sections, level }: { sections: Section[]; level: 2 | 3 }) {
  return sections.map((section) => (
    <section key={section.key} className={styles.section}>
      <Title order={level} size="h4" dir="auto">
        {section.title}
      </Title>
      <SafeMarkdown text={section.body} />
    </section>
  ));
}
