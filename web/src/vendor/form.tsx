import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/notice';

/** A dialog whose form is one act. */
export function Form({
  title,
  act,
  submit,
  close,
  send: word = 'Keep it',
  children,
}: {
  title: string;
  act: { isPending: boolean; error: unknown };
  submit: () => void;
  close: () => void;
  /** What the button says. */
  send?: string;
  children: ReactNode;
}) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <Dialog title={title} close={close} size="lg">
      <form onSubmit={send}>
        <Stack gap="sm">
          {children}
          <ProblemNotice error={act.error} safe="Nothing was changed." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={act.isPending}>
              {word}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
