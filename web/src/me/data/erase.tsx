import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { post, useAt } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import type { ErasureForetold } from '../types';

/** Says what erasing does and what stays, before it is done. */
export function Erase({ close }: { close: () => void }) {
  const foretold = useAt<ErasureForetold>('/api/me/data/erasure');
  // What the page shows is not asked for anew afterwards: the session is over.
  const erase = useMutation({
    mutationFn: (confirm: string) =>
      post<{ records: number; proposal: string }>('/api/me/data/erasure', { confirm }),
  });
  const [handle, setHandle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate(handle);
  };
  if (erase.data)
    return (
      <Dialog title="You are erased" close={() => location.assign('/')}>
        <Notice tone="good" title={`${counted(erase.data.records, 'record')} removed`} live>
          <Text>
            Your key is destroyed when a second person has approved it. You are signed out. Receipt of the
            proposal: <code>{erase.data.proposal}</code>.
          </Text>
        </Notice>
      </Dialog>
    );
  return (
    <Dialog title="Erase me" close={close} size="lg">
      <Stack gap="sm">
        <ProblemNotice error={foretold.error} retry={() => void foretold.refetch()} />
        {foretold.isPending && <Loading what="Looking what it would do" />}
        {foretold.data && (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <div>
                <Text fw={600}>
                  What happens, in this order ({counted(foretold.data.records, 'sealed record')})
                </Text>
                <ol>
                  {foretold.data.does.map((what) => (
                    <li key={what}>{what}</li>
                  ))}
                </ol>
              </div>
              <div>
                <Text fw={600}>What stays</Text>
                <ul>
                  {foretold.data.stays.map((what) => (
                    <li key={what}>{what}</li>
                  ))}
                </ul>
              </div>
              <TextInput
                label={`Your handle, to be sure: ${foretold.data.confirm}`}
                autoComplete="off"
                value={handle}
                onChange={(event) => setHandle(event.currentTarget.value)}
              />
              <ProblemNotice error={erase.error} safe="Nothing was erased." />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  Keep everything
                </Button>
                <Button
                  type="submit"
                  variant="default"
                  c="var(--mantine-color-error)"
                  loading={erase.isPending}
                  disabled={handle !== foretold.data.confirm}
                >
                  Erase me for good
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Dialog>
  );
}
