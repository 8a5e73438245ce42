import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Evidence, Question, Section } from '../api/types';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/notice';

export interface Grounds {
  reason: string;
  evidence: { question: string; section: string; quote: string };
}

export const noGrounds: Grounds = { reason: '', evidence: { question: '', section: '', quote: '' } };

/**
 * A decision against somebody's work: the words that they read, and what it rests on. One of question, guideline
 * section and quote is enough; none is not.
 */
export function ReturnDialog({
  questions,
  sections,
  grounds,
  setGrounds,
  send,
  close,
  title = 'Return this answer',
  hint = 'The annotator reads your words and what they rest on, can answer again, and can appeal.',
  action = 'Return',
}: {
  questions: readonly Question[];
  sections: readonly Section[];
  /** Held by whoever opens the dialog, so that closing it by accident loses nothing. */
  grounds: Grounds;
  setGrounds: (grounds: Grounds) => void;
  send: (reason: string, evidence: Evidence) => Promise<void>;
  close: () => void;
  title?: string;
  hint?: string;
  action?: string;
}) {
  const [tried, setTried] = useState(false);
  const question = useRef<HTMLSelectElement>(null);
  const { reason, evidence } = grounds;
  const rests = Object.values(evidence).some((part) => part.trim() !== '');
  const sending = useMutation({
    mutationFn: () =>
      send(reason.trim(), {
        question: evidence.question || null,
        section: evidence.section || null,
        quote: evidence.quote.trim() || null,
      }),
    onSuccess: close,
  });
  const submit = () => {
    setTried(true);
    if (reason.trim() && !rests) question.current?.focus();
    if (!sending.isPending && !sending.isSuccess && reason.trim() && rests) sending.mutate();
  };
  const rest = (part: Partial<Grounds['evidence']>) =>
    setGrounds({ ...grounds, evidence: { ...evidence, ...part } });
  return (
    <Dialog title={title} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          const asked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat;
          if (asked && !event.nativeEvent.isComposing) submit();
        }}
      >
        <Stack gap="sm">
          <Text>{hint}</Text>
          <Textarea
            label="Reason"
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={reason}
            error={tried && !reason.trim() ? 'Some words are needed.' : undefined}
            onChange={(event) => setGrounds({ ...grounds, reason: event.currentTarget.value })}
          />
          <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
            <Text component="legend" fw={600}>
              What it rests on: at least one of these
            </Text>
            <Stack gap="xs">
              <NativeSelect
                label="Question"
                ref={question}
                value={evidence.question}
                onChange={(event) => rest({ question: event.currentTarget.value })}
                data={[
                  { value: '', label: 'none in particular' },
                  ...questions.map(({ key, title }) => ({ value: key, label: title })),
                ]}
              />
              <NativeSelect
                label="Guideline section"
                value={evidence.section}
                onChange={(event) => rest({ section: event.currentTarget.value })}
                data={[
                  { value: '', label: 'none in particular' },
                  ...sections.map(({ key, title }) => ({ value: key, label: title })),
                ]}
              />
              <Textarea
                label="Quote from the item, the answer, or the guidelines"
                description="What was selected on the page stands here already."
                autosize
                minRows={1}
                maxRows={5}
                maxLength={2000}
                value={evidence.quote}
                onChange={(event) => rest({ quote: event.currentTarget.value })}
              />
              {tried && !rests && (
                <Text role="alert" c="var(--mantine-color-error)">
                  Name a question or a section, or quote what the decision rests on.
                </Text>
              )}
            </Stack>
          </fieldset>
          <ProblemNotice error={sending.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={sending.isPending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What is selected on the page, as a quote; empty where nothing is. */
export const selectedWords = () => (document.getSelection()?.toString() ?? '').trim().slice(0, 2000);
