import { Button, Group, Text } from '@mantine/core';
import { useContext, type ReactNode } from 'react';
import { ApiProblem, isVaultAway, Unreachable } from '../api/problem';
import { HereContext } from '../session/membership';
import { isStaff } from '../session/session';

export type Tone = 'neutral' | 'good' | 'attention' | 'stopped';

/** A boxed message. It is announced where `live` is set, because it appeared after the page did. */
export function Notice({
  tone = 'neutral',
  title,
  children,
  live = false,
}: {
  tone?: Tone;
  title: string;
  children?: ReactNode;
  live?: boolean;
}) {
  return (
    <div
      className="notice"
      data-tone={tone}
      role={live ? (tone === 'stopped' ? 'alert' : 'status') : undefined}
    >
      <Text fw={600} component="p" m={0} className="notice-title">
        {title}
      </Text>
      {children}
    </div>
  );
}

/** A state in one word, with a mark beside its colour. */
export function State({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="state" data-tone={tone}>
      {children}
    </span>
  );
}

/** Why something failed, what is safe, and what to do (RFC 9457 problem details). */
export function ProblemNotice({
  error,
  retry,
  safe,
}: {
  error: unknown;
  retry?: () => void;
  /** What was not lost. */
  safe?: string;
}) {
  const member = useContext(HereContext)?.membership;
  if (!error) return null;
  const expert = member !== undefined && !isStaff(member) && member.role !== 'auditor';
  const { title, text, fields } = describe(error, retry !== undefined, expert);
  return (
    <Notice tone="stopped" title={title} live>
      {text && (
        <Text component="p" m={0}>
          {text}
        </Text>
      )}
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, messages]) => (
            <li key={field}>
              {field}: {messages.join(' ')}
            </li>
          ))}
        </ul>
      )}
      {safe && (
        <Text component="p" m={0}>
          {safe}
        </Text>
      )}
      {retry && (
        <Group mt="xs">
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        </Group>
      )}
    </Notice>
  );
}

function describe(
  error: unknown,
  again: boolean,
  expert: boolean,
): { title: string; text?: string; fields: [string, string[]][] } {
  if (error instanceof Unreachable) {
    return {
      title: 'The server cannot be reached',
      text: 'Check the line, then try again. Nothing on this page was lost.',
      fields: [],
    };
  }
  if (isVaultAway(error)) {
    return {
      title: 'The vault is not there, so nothing is opened or saved',
      // What to start again is told to those who can have it started.
      text: `${expert ? "Nothing can be opened or saved now; the lab's staff see why." : error.message} What was saved before is safe, and what you typed stays on this page. ${again ? 'It is tried again by itself.' : 'Try again when the bar on top is gone.'}`,
      fields: [],
    };
  }
  if (error instanceof ApiProblem) {
    const { detail, field, errors } = error.details;
    // The detail is a sentence to act on; the title is often no more than the status in words.
    return {
      title: error.message,
      text: detail && field ? `Look at: ${field}.` : undefined,
      fields: Object.entries(errors ?? {}),
    };
  }
  return {
    title: 'Something went wrong in this page',
    text: error instanceof Error ? error.message : 'Reload the page.',
    fields: [],
  };
}
