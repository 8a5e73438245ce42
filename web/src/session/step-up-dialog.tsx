import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { askPlain } from '../api/client';
import { answerStepUp } from '../api/step-up';
import { Dialog } from '../ui/dialog';
import { PasskeyProblem } from '../ui/passkey-problem';
import { askPasskey } from './webauthn';

/** Asks for the passkey again. What waits for it goes on behind the dialog, with all that was typed. */
export default function StepUpDialog() {
  const use = useMutation({
    mutationFn: async () => {
      const options = await askPlain<unknown>('POST', '/api/sessions/step-up/options');
      await askPlain<void>('POST', '/api/sessions/step-up', { credential: await askPasskey(options) });
    },
    onSuccess: () => answerStepUp(true),
  });
  const close = () => answerStepUp(false);
  return (
    <Dialog title="Use your passkey again" close={close}>
      <Stack gap="sm">
        <Text>
          This project asks for your passkey from time to time. You go on where you were; what you typed is
          kept.
        </Text>
        <PasskeyProblem error={use.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button data-autofocus loading={use.isPending} onClick={() => use.mutate()}>
            Use my passkey
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
