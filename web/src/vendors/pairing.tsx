import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Peer } from '../api/types';
import { Dialog } from '../ui/dialog';
import { ProblemNotice, State } from '../ui/notice';
import { Time } from '../ui/time';
import { usePairing, usePeers } from './queries';

/** Vendors' nodes: begun by an address, and worth something once people on both sides compared the fingerprint. */
export function Pairing({ lab, owner }: { lab: string; owner: boolean }) {
  const peers = usePeers(lab);
  const { begin } = usePairing(lab);
  const [address, setAddress] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(address.trim(), { onSuccess: () => setAddress('') });
  };
  return (
    <section className="panel" aria-labelledby="pairing">
      <Stack gap="sm">
        <Title order={2} id="pairing">
          Vendors' nodes
        </Title>
        <ProblemNotice error={peers.error} retry={() => void peers.refetch()} />
        {peers.data?.length === 0 && (
          <Text c="dimmed">This lab is paired with no vendor's node. Ask the vendor for its address.</Text>
        )}
        {peers.data?.map((peer) => (
          <PeerRow key={peer.id} lab={lab} peer={peer} owner={owner} />
        ))}
        {owner && (
          <form onSubmit={submit}>
            <Group align="flex-end">
              <TextInput
                label="Address of a vendor's node"
                placeholder="https://vendor.example.org"
                value={address}
                onChange={(event) => setAddress(event.currentTarget.value)}
                w={340}
              />
              <Button
                type="submit"
                variant="default"
                loading={begin.isPending}
                disabled={address.trim() === ''}
              >
                Ask it to pair
              </Button>
            </Group>
            <ProblemNotice error={begin.error} safe="Nothing was paired." />
          </form>
        )}
      </Stack>
    </section>
  );
}

function PeerRow({ lab, peer, owner }: { lab: string; peer: Peer; owner: boolean }) {
  const { confirm } = usePairing(lab);
  const [heard, setHeard] = useState('');
  const [ending, setEnding] = useState(false);
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <strong>{peer.name}</strong>
        <span className="mono">{peer.address}</span>
        <PeerState peer={peer} />
        {owner && peer.state !== 'ended' && (
          <Button variant="subtle" onClick={() => setEnding(true)}>
            End<span className="visually-hidden"> the pairing with {peer.name}</span>…
          </Button>
        )}
      </Group>
      {peer.state === 'pending' && (
        <>
          <Text>
            Call somebody at the vendor whom you know. Both of you see these digits, if nobody stands between:{' '}
            <strong className="mono">{peer.fingerprint}</strong>
          </Text>
          {owner && !peer.confirmed && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                confirm.mutate({ peer: peer.id, fingerprint: heard });
              }}
            >
              <Group align="flex-end">
                <TextInput
                  label="The digits that they read out to you"
                  value={heard}
                  onChange={(event) => setHeard(event.currentTarget.value)}
                  w={340}
                />
                <Button
                  type="submit"
                  variant="default"
                  loading={confirm.isPending}
                  disabled={heard.trim() === ''}
                >
                  They are the same
                </Button>
              </Group>
              <ProblemNotice error={confirm.error} safe="Nothing was confirmed." />
            </form>
          )}
        </>
      )}
      {ending && <EndDialog lab={lab} peer={peer} close={() => setEnding(false)} />}
    </Stack>
  );
}

function PeerState({ peer }: { peer: Peer }) {
  if (peer.state === 'active') return <State tone="good">Paired</State>;
  if (peer.state === 'ended')
    return (
      <State>
        Ended {peer.endedHere ? 'here' : 'by them'} <Time value={peer.endedAt ?? peer.createdAt} />
      </State>
    );
  return (
    <State tone="attention">
      {peer.confirmed
        ? 'Waits for them to confirm'
        : peer.theyConfirmed
          ? 'They have confirmed; you have not'
          : 'To be confirmed'}
    </State>
  );
}

function EndDialog({ lab, peer, close }: { lab: string; peer: Peer; close: () => void }) {
  const { end } = usePairing(lab);
  return (
    <Dialog title={`End the pairing with ${peer.name}`} close={close}>
      <Stack gap="sm">
        <Text>
          The vendor's statements count for nothing from then on, so its people are out at the lab: sessions
          end, what they hold goes back, drafts are kept. Work events that it has yet to get stay here. To
          work together again, pair anew.
        </Text>
        <ProblemNotice error={end.error} safe="The pairing stands." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            color="red"
            loading={end.isPending}
            onClick={() => end.mutate(peer.id, { onSuccess: close })}
          >
            End it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
