import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import type { Peer } from '../types';
import { EndPairing } from './end-pairing';
import styles from './labs.module.css';

/** A pairing that waits for people: the digits to be read aloud, and what the other side reads. */
export function Pending({ peer }: { peer: Peer }) {
  const [ending, setEnding] = useState(false);
  return (
    <section className="panel" aria-label={`Pairing with ${peer.lab}`}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>
            {peer.lab} at {peer.name}
          </Title>
          <State tone="attention">{stateOf(peer)}</State>
        </Group>
        <Text>
          {peer.begunHere ? 'You asked' : 'It asked to pair; its address is'} {peer.address}. Call a person of
          the lab whom you know, on a number that you know, and read these six groups aloud:
        </Text>
        <ol className={styles.digits} aria-label="Digits to compare">
          {peer.fingerprint.split(' ').map((group, at) => (
            <li key={at} aria-label={[...group].join(' ')}>
              {group}
            </li>
          ))}
        </ol>
        {peer.confirmed ? (
          <Notice tone="good" title="You have confirmed">
            The pairing begins as soon as the people of the lab have confirmed too.
          </Notice>
        ) : (
          <Confirm peer={peer} />
        )}
        <Group>
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => setEnding(true)}>
            The digits differ, or I do not know this lab…
          </Button>
        </Group>
      </Stack>
      {ending && <EndPairing peer={peer} close={() => setEnding(false)} />}
    </section>
  );
}

const stateOf = ({ confirmed, theyConfirmed }: Peer) =>
  confirmed
    ? 'Waits for the lab to confirm'
    : theyConfirmed
      ? 'The lab has confirmed, you have not'
      : 'Nobody has confirmed yet';

/** Asks for the digits as the other side reads them: a button that says “same” is pressed without reading. */
function Confirm({ peer }: { peer: Peer }) {
  const confirm = useAct((fingerprint: string) =>
    post<Peer>(`/api/desk/peers/${peer.id}/confirm`, { fingerprint }),
  );
  const [heard, setHeard] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(heard);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group align="flex-end">
          <TextInput
            label="Digits as the lab’s person reads them to you"
            inputMode="numeric"
            autoComplete="off"
            placeholder="six groups of five"
            w={340}
            classNames={{ input: 'mono' }}
            value={heard}
            onChange={(event) => setHeard(event.currentTarget.value)}
          />
          <Button type="submit" loading={confirm.isPending} disabled={heard.replace(/\D/g, '').length !== 30}>
            Confirm the pairing
          </Button>
        </Group>
        <Text c="dimmed">
          From then on the lab may send terms and work events to this node, and this node statements about
          people.
        </Text>
        <ProblemNotice error={confirm.error} safe="The pairing is not confirmed." />
      </Stack>
    </form>
  );
}
