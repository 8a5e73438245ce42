import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/notice';

/** Asks for a few words and passes them on. */
export function WordsDialog({
  title,
  hint,
  label,
  action,
  required,
  words,
  setWords,
  send,
  close,
}: {
  title: string;
  hint: string;
  label: string;
  action: string;
  required: boolean;
  /** Held by whoever opens the dialog, so that closing it by accident loses nothing. */
  words: string;
  setWords: (words: string) => void;
  send: (words: string) => Promise<void>;
  close: () => void;
}) {
  const [empty, setEmpty] = useState(false);
  const sending = useMutation({ mutationFn: send, onSuccess: close });
  const submit = () => {
    if (sending.isPending || sending.isSuccess) return;
    if (required && words.trim() === '') setEmpty(true);
    else sending.mutate(words.trim());
  };
  return (
    <Dialog close={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <Text>{hint}</Text>
          <Textarea
            label={label}
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={words}
            error={empty && words.trim() === '' ? 'Some words are needed.' : undefined}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              const asked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat;
              if (asked && !event.nativeEvent.isComposing) submit();
            }}
          />
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
