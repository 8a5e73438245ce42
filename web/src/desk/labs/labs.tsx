import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useAct, useAt, post } from '../../vendor/asking';
import { Id } from '../../ui/copy';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { Peer } from '../types';
import { EndPairing } from './end-pairing';
import { Keys } from './keys';
import { Pending } from './pending';

/** Labs that this vendor is paired with, or about to be. */
export default function Labs() {
  const peers = useAt<Peer[]>('/api/desk/peers', 15_000);
  const some = (state: Peer['state']) => (peers.data ?? []).filter((peer) => peer.state === state);
  const [pending, active, ended] = [some('pending'), some('active'), some('ended')];
  return (
    <Page title="Labs">
      <Stack gap="lg">
        <ProblemNotice error={peers.error} retry={() => void peers.refetch()} />
        {peers.isPending && <Loading what="Looking which labs there are" />}
        {pending.map((peer) => (
          <Pending key={peer.id} peer={peer} />
        ))}
        {peers.data && active.length === 0 && pending.length === 0 && (
          <EmptyState title="No lab is paired with this node yet">
            Write a lab’s address below, or give the lab yours: <code>{location.origin}</code>. Then both
            sides read the same six groups of digits to one another.
          </EmptyState>
        )}
        {active.length > 0 && (
          <section aria-labelledby="paired">
            <Title order={2} id="paired" mb="xs">
              Paired
            </Title>
            <Stack gap="sm">
              {active.map((peer) => (
                <Active key={peer.id} peer={peer} />
              ))}
            </Stack>
          </section>
        )}
        <Begin />
        {active.length > 0 && <Keys />}
        {ended.length > 0 && <Ended peers={ended} />}
      </Stack>
    </Page>
  );
}

function Begin() {
  const begin = useAct((lab: { address: string; lab: string }) => post<Peer>('/api/desk/peers', lab));
  const [address, setAddress] = useState('');
  const [lab, setLab] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ address: address.trim(), lab: lab.trim() });
  };
  return (
    <section aria-labelledby="begin" className="panel">
      <Title order={2} id="begin" mb="xs">
        Pair with a lab
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Address of the lab’s node"
              placeholder="https://lab.example.org"
              type="url"
              required
              withAsterisk={false}
              w={320}
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
            <TextInput
              label="Name of the lab there"
              placeholder="north"
              required
              withAsterisk={false}
              maxLength={64}
              value={lab}
              onChange={(event) => setLab(event.currentTarget.value)}
            />
            <Button type="submit" loading={begin.isPending}>
              Ask it to pair
            </Button>
          </Group>
          <Text c="dimmed">
            The two nodes exchange their names and public keys, and nothing else happens until people on both
            sides have confirmed the same digits.
          </Text>
          <ProblemNotice error={begin.error} safe="Nothing was exchanged." />
          {begin.isSuccess && (
            <Notice tone="good" title="The lab’s node answered" live>
              Now compare the digits above with the people there.
            </Notice>
          )}
        </Stack>
      </form>
    </section>
  );
}

function Active({ peer }: { peer: Peer }) {
  const [ending, setEnding] = useState(false);
  return (
    <div className="panel">
      <Group justify="space-between">
        <Title order={3}>
          {peer.lab} at {peer.name}
        </Title>
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setEnding(true)}>
          End the pairing…<span className="visually-hidden"> with {peer.lab}</span>
        </Button>
      </Group>
      <dl className="facts">
        <div>
          <dt>Address</dt>
          <dd>{peer.address}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            Both sides have confirmed. Terms, statements and work events go between the two nodes, all signed.
          </dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            <Time value={peer.createdAt} />, begun by {peer.begunHere ? 'this vendor' : 'the lab'}
          </dd>
        </div>
        <div>
          <dt>Digits</dt>
          <dd className="mono">{peer.fingerprint}</dd>
        </div>
        <div>
          <dt>Its keys</dt>
          <dd>
            {peer.keys.map((key) => (
              <span key={key.kid}>
                <Id value={key.kid} label={`${key.kind} key`} />{' '}
                {key.until && (
                  <>
                    until <Time value={key.until} />
                  </>
                )}{' '}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      {ending && <EndPairing peer={peer} close={() => setEnding(false)} />}
    </div>
  );
}

function Ended({ peers }: { peers: Peer[] }) {
  return (
    <section aria-labelledby="ended">
      <Title order={2} id="ended" mb="xs">
        Ended
      </Title>
      <ul className="panel plain">
        {peers.map((peer) => (
          <li key={peer.id}>
            {peer.lab} at {peer.name}: ended by{' '}
            {peer.endedHere ? 'this vendor' : 'the lab, or never confirmed'}
            {peer.endedAt && (
              <>
                {' '}
                <Time value={peer.endedAt} />
              </>
            )}
            . To work together again, pair anew.
          </li>
        ))}
      </ul>
    </section>
  );
}
