import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { Dialog } from './dialog';

/** Stands on a page while something on it is not saved: whoever leaves is asked first. */
export function Unsaved() {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog title="Leave without saving?" close={blocker.reset}>
      <Stack gap="sm">
        <Text>What you changed on this page is not saved and would be lost.</Text>
        <Group justify="flex-end">
          <Button variant="default" c="var(--mantine-color-error)" onClick={blocker.proceed}>
            Leave, drop the changes
          </Button>
          <Button onClick={blocker.reset} data-autofocus>
            Stay
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
