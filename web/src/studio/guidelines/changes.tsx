import { Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ChangeKind, Section, SectionChange } from '../../api/types';
import { Loading } from '../../ui/loading';
import { State, type Tone } from '../../ui/notice';
import styles from './guidelines.module.css';
import { changeWords, inWords, sensitivities, whole } from './sections';

const Differences = lazy(() => import('../../workroom/differences'));

const tones: Record<ChangeKind, Tone> = {
  added: 'good',
  removed: 'stopped',
  changed: 'attention',
  same: 'neutral',
};

/** Two versions beside each other, section by section; what did not change is told, not shown. */
export function Changes({ changes, titles }: { changes: SectionChange[]; titles: [string, string] }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.filter((change) => change.change !== 'same');
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text role="status">Sections: {inWords(changes)}.</Text>
        <Checkbox
          label="Unchanged ones too"
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      </Group>
      {shown.map((change) => (
        <section key={change.key} className="panel">
          <Group gap="xs" mb={4}>
            <Title order={3} size="h4" dir="auto">
              {(change.after ?? change.before)?.title}
            </Title>
            <State tone={tones[change.change]}>{changeWords[change.change]}</State>
          </Group>
          <SectionDifference change={change} titles={titles} />
        </section>
      ))}
    </Stack>
  );
}

function SectionDifference({ change, titles }: { change: SectionChange; titles: [string, string] }) {
  const before = change.before ?? null;
  const after = change.after ?? null;
  if (change.change === 'same') return <Text c="dimmed">As it was.</Text>;
  return (
    <Suspense fallback={<Loading what="Comparing" />}>
      <div className={styles.sides}>
        {(['left', 'right'] as const).map((side, index) => {
          const section = side === 'left' ? before : after;
          return (
            <div key={side} className={styles.side}>
              <Text c="dimmed">{titles[index]}</Text>
              {section ? (
                // A section that is only on one side is new or gone as a whole: marking all of it says nothing.
                before && after ? (
                  <Differences left={textOf(before)} right={textOf(after)} side={side} />
                ) : (
                  <div className="plain" dir="auto">
                    {textOf(section)}
                  </div>
                )
              ) : (
                <Text>Not there.</Text>
              )}
            </div>
          );
        })}
      </div>
    </Suspense>
  );
}

/** Everything of a section that a person decides, as one text: title and body, then whom it is for. */
function textOf(section: Section | null): string {
  if (!section) return '';
  const { title, body, questions, sensitivity, tags } = whole(section);
  return [
    title,
    '',
    body,
    '',
    `Who: ${sensitivities[sensitivity]}`,
    `Questions: ${questions.length === 0 ? 'all' : questions.join(', ')}`,
    `Items: ${tags.length === 0 ? 'all' : tags.join(', ')}`,
  ].join('\n');
}
