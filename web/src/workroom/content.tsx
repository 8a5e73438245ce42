import { lazy, Suspense } from 'react';
import type { Content } from '../api/types';
import { Visible } from './invisible';
import styles from './workroom.module.css';

export type Rendering = 'text' | 'markdown';

// Fetched by those who read formatted, not by everybody.
const SafeMarkdown = lazy(() => import('./markdown'));

/** An item's text or conversation: data, never markup of ours. */
export function ContentView({ content, rendering }: { content: Content; rendering: Rendering }) {
  if (typeof content === 'string') return <TextView text={content} rendering={rendering} />;
  return (
    <ol className={styles.turns}>
      {content.map((message, index) => (
        <li key={index} data-role={message.role}>
          <p className={styles.role} dir="auto">
            <Visible text={message.role} />
          </p>
          <TextView text={message.content} rendering={rendering} />
        </li>
      ))}
    </ol>
  );
}

export function TextView({ text, rendering }: { text: string; rendering: Rendering }) {
  const plain = (
    <div className="plain" dir="auto">
      <Visible text={text} />
    </div>
  );
  if (rendering === 'text') return plain;
  return (
    <Suspense fallback={plain}>
      <SafeMarkdown text={text} />
    </Suspense>
  );
}

/** A conversation as one text, for comparing. */
export function asText(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map((message) => `${message.role}: ${message.content}`).join('\n\n');
}
