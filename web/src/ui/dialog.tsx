import { Group, Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';

/** A modal dialog. It holds the focus, gives it back when closed, and closes by Escape. */
export function Dialog({
  title,
  size,
  close,
  children,
}: {
  title: string;
  size?: string;
  close: () => void;
  children: ReactNode;
}) {
  useFocusBack();
  return (
    <Modal.Root opened onClose={close} size={size} centered transitionProps={{ duration: 80 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="md">
          {/* Not Modal.Header: its header element would be a second banner of the page. */}
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={600}>{title}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The focus goes back to where it was. Mantine does so only for a modal that stays mounted while it is closed. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
