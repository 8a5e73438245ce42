import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { usePolicy } from '../budgets/queries';
import { useNames } from '../names';
import { Delay } from './decide-dialog';
import { usePropose } from './queries';
import { destroying, touches, type Destroying } from './words';

/** Proposes to destroy keys. Says what that touches and from when on it is gone, and asks for the name to be typed. */
export function ProposeDialog({ lab, close }: { lab: string; close: () => void }) {
  const names = useNames(lab);
  const policy = usePolicy(lab).data;
  const propose = usePropose(lab);
  const [kind, setKind] = useState<Destroying>('shredProject');
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const among = kind === 'shredLab' ? null : [...(kind === 'erasePerson' ? names.person : names.project)];
  const subject = among ? chosen || among[0]?.[0] || '' : '';
  const name = among ? (among.find(([id]) => id === subject)?.[1] ?? '') : lab;
  const change = (next: Destroying) => {
    setKind(next);
    setChosen('');
    setTyped('');
  };
  if (propose.data)
    return (
      <Dialog title="Proposed" close={close}>
        <Stack gap="sm">
          <Notice tone="good" title="It waits for another owner" live>
            Nothing is destroyed yet. Receipt {propose.data.receipt}.
          </Notice>
          <Group justify="flex-end">
            <Button onClick={close}>Close</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  return (
    <Dialog title="Propose to shred or erase" close={close} size="lg">
      <Stack gap="sm">
        <NativeSelect
          label="What"
          value={kind}
          onChange={(event) => change(event.currentTarget.value as Destroying)}
          data={destroying.map(([value, label]) => ({ value, label }))}
        />
        {among && (
          <NativeSelect
            label="Which"
            value={subject}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
              setTyped('');
            }}
            data={among.map(([value, label]) => ({ value, label }))}
            error={among.length === 0 ? 'There is none at this lab.' : undefined}
          />
        )}
        <Notice tone="attention" title="What this touches">
          <Text component="p" m={0}>
            {touches[kind]}
          </Text>
        </Notice>
        {policy && <Delay seconds={policy.shredDelaySeconds} />}
        <TextInput
          label={`Type its name to go on: ${name}`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ProblemNotice error={propose.error} safe="Nothing was proposed." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            color="red.9"
            loading={propose.isPending}
            disabled={name === '' || typed.trim() !== name}
            onClick={() => propose.mutate({ kind, subject: among ? subject : null })}
          >
            Propose it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
