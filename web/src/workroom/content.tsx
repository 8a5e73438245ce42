import type { Content } from '../api/types';
import { SafeMarkdown } from './markdown';
import styles from './workroom.module.css';

export type Rendering = 'text' | 'markdown';

/** An item's text or conversation: data, never markup of ours. */
export function ContentView({ content, rendering }: { content: Content; rendering: Rendering }) {
  if (typeof content === 'string') return <TextView text={content} rendering={rendering} />;
  return (
    <ol className={styles.turns}>
      {content.map((message, index) => (
        <li key={index} data-role={message.role}>
          <p className={styles.role} dir="auto">
            {message.role}
          </p>
          <TextView text={message.content} rendering={rendering} />
        </li>
      ))}
    </ol>
  );
}

function TextView({ text, rendering }: { text: string; rendering: Rendering }) {
  if (rendering === 'markdown') return <SafeMarkdown text={text} />;
  return (
    <div className="plain" dir="auto">
      {text}
    </div>
  );
}

/** A conversation as one text, for comparing. */
export function asText(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map((message) => `${message.role}: ${message.content}`).join('\n\n');
}
