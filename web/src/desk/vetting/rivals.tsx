import { Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { put, remove, useAct, useAt } from '../../vendor/asking';
import { useVendor } from '../../vendor/at-vendor';
import { Form } from '../../vendor/form';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNotice } from '../../ui/notice';
import type { Peer } from '../types';

interface Rivals {
  id: string;
  name: string;
  coolOffDays: number;
  /** Peer ids of their nodes. */
  labs: string[];
}

/** Labs that are rivals: who worked for one waits before working for another. */
export default function RivalLabs() {
  const rivals = useAt<Rivals[]>('/api/desk/rivals');
  const peers = useAt<Peer[]>('/api/desk/peers');
  const forget = useAct((id: string) => remove(`/api/desk/rivals/${id}`));
  const owner = useVendor().role === 'owner';
  const [making, setMaking] = useState(false);
  const labs = new Map(
    (peers.data ?? []).filter(({ state }) => state === 'active').map((peer) => [peer.node, peer.lab]),
  );
  return (
    <Stack gap="sm">
      <Group>
        {owner ? (
          <Button onClick={() => setMaking(true)} disabled={labs.size < 2}>
            Name rival labs…
          </Button>
        ) : (
          <Text c="dimmed">An owner sets this.</Text>
        )}
      </Group>
      <ProblemNotice error={rivals.error ?? forget.error} />
      {rivals.data?.length === 0 && (
        <EmptyState title="No rivals are named">
          Then nobody is kept from working for one lab after another. It takes two paired labs.
        </EmptyState>
      )}
      <ul className="bare">
        {(rivals.data ?? []).map((group) => (
          <li key={group.id} className="panel">
            <Group justify="space-between">
              <Text>
                <strong>{group.name}</strong>:{' '}
                {group.labs.map((lab) => labs.get(lab) ?? `…${lab.slice(-8)}`).join(', ')};{' '}
                {group.coolOffDays} days between them
              </Text>
              {owner && (
                <Button variant="default" onClick={() => forget.mutate(group.id)}>
                  Forget<span className="visually-hidden"> {group.name}</span>
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {making && <Make labs={labs} close={() => setMaking(false)} />}
    </Stack>
  );
}

function Make({ labs, close }: { labs: Map<string, string>; close: () => void }) {
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [coolOffDays, setDays] = useState(90);
  const [chosen, setChosen] = useState<string[]>([]);
  const act = useAct(() => put(`/api/desk/rivals/${id}`, { name, coolOffDays, labs: chosen }));
  return (
    <Form
      title="Name rival labs"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>Nobody is placed, or vouched for, at one of these within the time after work for another.</Text>
      <TextInput
        label="Name of the group"
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="Days between"
        min={0}
        max={1827}
        value={coolOffDays}
        onChange={(value) => setDays(Number(value))}
      />
      <Checkbox.Group
        label="Labs"
        value={chosen}
        onChange={setChosen}
        error={chosen.length < 2 ? 'Two at least.' : undefined}
      >
        <Stack gap={4} mt={4}>
          {[...labs].map(([node, lab]) => (
            <Checkbox key={node} value={node} label={lab} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Form>
  );
}
