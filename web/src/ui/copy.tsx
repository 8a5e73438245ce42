import { Button, Group, UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

/** An id: short to the eye, whole in the clipboard. */
export function Id({ value, label = 'id' }: { value: string; label?: string }) {
  const clipboard = useClipboard();
  return (
    <UnstyledButton className="mono" mih={24} title={value} onClick={() => clipboard.copy(value)}>
      {/* UUIDs of version 7 begin with the time: their tail tells them apart. */}
      {value.length > 12 ? `…${value.slice(-8)}` : value}
      <span className="visually-hidden"> copy {label}</span>
      <span role="status">{clipboard.copied ? ' copied' : ''}</span>
    </UnstyledButton>
  );
}

/** A longer text to be taken elsewhere: a link, a key, a command. */
export function CopyText({ value, label }: { value: string; label: string }) {
  const clipboard = useClipboard();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <code className="mono panel" style={{ flex: 1, minWidth: 0 }} aria-label={label}>
        {value}
      </code>
      <Button variant="default" onClick={() => clipboard.copy(value)}>
        {clipboard.copied ? 'Copied' : 'Copy'}
        <span className="visually-hidden">: {label}</span>
      </Button>
    </Group>
  );
}
