import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { vendorRoleNames, type VendorRole } from '../../vendor/at-vendor';
import { CopyText } from '../../ui/copy';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { ExactTime } from '../../ui/time';

/** A single-use enrolment link. */
export function Invite({ owner, close }: { owner: boolean; close: () => void }) {
  const invite = useAct((role: VendorRole) =>
    post<{ link: string; expires: string }>('/api/desk/invitations', { role }),
  );
  const [role, setRole] = useState<VendorRole>('expert');
  if (invite.data)
    return (
      <Dialog title="The link is made" close={close} size="lg">
        <Stack gap="sm">
          <Notice tone="attention" title="It is shown once and works once" live>
            Hand it to the person by a way that you trust. It ends <ExactTime value={invite.data.expires} />.
          </Notice>
          <CopyText value={invite.data.link} label="enrolment link" />
        </Stack>
      </Dialog>
    );
  return (
    <Dialog title="Invite somebody" close={close}>
      <Stack gap="sm">
        <NativeSelect
          label="As"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as VendorRole)}
          data={(owner ? (['expert', 'manager', 'payroll'] as const) : (['expert'] as const)).map(
            (value) => ({
              value,
              label: vendorRoleNames[value],
            }),
          )}
        />
        {!owner && <Text c="dimmed">Staff are invited by an owner.</Text>}
        <ProblemNotice error={invite.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={invite.isPending} onClick={() => invite.mutate(role)}>
            Make a link
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
