import { Checkbox, Group, Title } from '@mantine/core';
import type { RefObject } from 'react';
import type { Content } from '../api/types';
import { asText, ContentView, type Rendering } from './content';
import { DifferencesView, useDifferences } from './differences';
import styles from './workroom.module.css';

export interface ItemView {
  prompt: Content;
  left: Content;
  right: Content;
}

/** Prompt and responses, each scrolling in its own pane. The sides are as shown; which is which nobody here knows. */
export function ItemPane({
  item,
  label,
  rendering,
  setRendering,
  differences,
  setDifferences,
  focus,
}: {
  item: ItemView;
  label: string;
  rendering: Rendering;
  setRendering(rendering: Rendering): void;
  differences: boolean;
  setDifferences(on: boolean): void;
  /** Takes the focus when the task changes. */
  focus?: RefObject<HTMLElement | null>;
}) {
  const changes = useDifferences(asText(item.left), asText(item.right), differences);
  return (
    <section className={styles.item} aria-label={label}>
      <Group gap="xs" justify="space-between" className={styles.tools}>
        <Title order={2} size="h4">
          Prompt
        </Title>
        <Group gap="md">
          <Checkbox
            label="Differences (d)"
            checked={differences}
            onChange={(event) => setDifferences(event.currentTarget.checked)}
          />
          <Checkbox
            label="Formatted (f)"
            checked={rendering === 'markdown'}
            onChange={(event) => setRendering(event.currentTarget.checked ? 'markdown' : 'text')}
          />
        </Group>
      </Group>
      <Pane label="Prompt" className={styles.prompt} focus={focus}>
        <ContentView content={item.prompt} rendering={rendering} />
      </Pane>
      <div className={styles.sides}>
        {(['left', 'right'] as const).map((side) => (
          <div key={side} className={styles.side}>
            <Title order={2} size="h4">
              Response {side === 'left' ? 'A' : 'B'}
            </Title>
            <Pane label={`Response ${side === 'left' ? 'A' : 'B'}`}>
              {changes ? (
                <DifferencesView changes={changes} side={side} />
              ) : (
                <ContentView content={item[side]} rendering={rendering} />
              )}
            </Pane>
          </div>
        ))}
      </div>
    </section>
  );
}

/** A region that scrolls; it takes the focus so that arrow keys reach what does not fit. */
function Pane({
  label,
  className,
  focus,
  children,
}: {
  label: string;
  className?: string;
  focus?: RefObject<HTMLElement | null>;
  children: React.ReactNode;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className={`${styles.pane} ${className ?? ''}`}
      ref={focus as RefObject<HTMLDivElement | null> | undefined}
    >
      {children}
    </div>
  );
}
