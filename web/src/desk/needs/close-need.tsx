import { Button, Group, Stack, Text } from '@mantine/core';
import { post, useAct } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import type { Need } from '../types';

export function CloseNeed({ need, close }: { need: Need; close: () => void }) {
  const end = useAct(() => post(`/api/desk/needs/${need.id}/close`));
  return (
    <Dialog title={`Close the places at ${need.lab}`} close={close}>
      <Stack gap="sm">
        <Text>
          {counted(need.offered, 'open offer is', 'open offers are')} taken back.{' '}
          {counted(need.placed, 'person', 'people')} placed here stay placed. To look for people again, open
          places anew.
        </Text>
        <ProblemNotice error={end.error} safe="It is still open." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it open
          </Button>
          <Button loading={end.isPending} onClick={() => end.mutate(undefined, { onSuccess: close })}>
            Close it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
