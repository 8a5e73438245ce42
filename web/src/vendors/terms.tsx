import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TermsRequest, TermsView } from '../api/types';
import { Notice, ProblemNotice } from '../ui/notice';
import { usePeers, useSetTerms } from './queries';
import { RatesInput } from './rates-input';

const fresh: TermsRequest = {
  peer: '',
  programme: '',
  tier: 1,
  currency: 'EUR',
  rates: [{ kind: 'task', unit: 'each', minorUnits: 0, skill: null }],
  noticeDays: 14,
  pausePay: 50,
  clocks: { incident: 24, withdrawal: 1 },
  headcount: 10,
  subContractors: [],
  agreements: [],
  ends: null,
  byHand: false,
  training: false,
  singleEvents: false,
};

/** What is agreed with the vendor. The vault judges every statement by it; the vendor is told at once. */
export function Terms({
  lab,
  engagement,
  agreed,
}: {
  lab: string;
  engagement: string;
  agreed: (TermsView & { etag: string }) | null;
}) {
  const peers = usePeers(lab).data?.filter((peer) => peer.state === 'active') ?? [];
  const save = useSetTerms(lab, engagement);
  const [terms, setTerms] = useState<TermsRequest>(agreed ? requestOf(agreed) : fresh);
  const set = (part: Partial<TermsRequest>) => setTerms({ ...terms, ...part });
  const number = (
    label: string,
    description: string,
    field: 'headcount' | 'noticeDays' | 'pausePay',
    max: number,
  ) => (
    <NumberInput
      label={label}
      description={description}
      min={0}
      max={max}
      allowDecimal={false}
      value={terms[field]}
      onChange={(value) => set({ [field]: Number(value) || 0 })}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ terms: { ...terms, peer: terms.peer || peers[0]?.id || '' }, etag: agreed?.etag ?? '"0"' });
  };
  return (
    <section className="panel" aria-labelledby="terms">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2} id="terms">
            Terms
          </Title>
          {agreed?.keysChanged && (
            <Notice tone="attention" title="The vendor has new statement keys">
              Ask somebody at the vendor whether that is so. Saving the terms confirms them; until then nobody
              new is vouched for by them.
            </Notice>
          )}
          {!agreed && peers.length === 0 && (
            <Notice tone="attention" title="Pair with the vendor's node first">
              Terms are told to a node that this lab is paired with.
            </Notice>
          )}
          <Group align="flex-end">
            {!agreed && (
              <NativeSelect
                label="Vendor's node"
                value={terms.peer || peers[0]?.id || ''}
                onChange={(event) => set({ peer: event.currentTarget.value })}
                data={peers.map((peer) => ({ value: peer.id, label: `${peer.name} (${peer.address})` }))}
              />
            )}
            <TextInput
              label="Programme"
              description="The vendor reads it."
              required
              maxLength={200}
              value={terms.programme}
              onChange={(event) => set({ programme: event.currentTarget.value })}
            />
            <NumberInput
              label="Tier"
              description="Inspection that the vendor owes, 1 to 5"
              min={1}
              max={5}
              value={terms.tier}
              onChange={(value) => set({ tier: Number(value) || 1 })}
            />
            <TextInput
              label="Currency"
              description="ISO 4217"
              maxLength={3}
              value={terms.currency}
              onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
              w={100}
            />
          </Group>
          <RatesInput currency={terms.currency} rates={[...terms.rates]} change={(rates) => set({ rates })} />
          <Group align="flex-end">
            {number('People at one time', 'Nobody beyond is let in', 'headcount', 100_000)}
            {number('Notice, in days', 'Before work ends', 'noticeDays', 365)}
            {number('Pause pay, in percent', 'Of the usual day', 'pausePay', 100)}
            <NumberInput
              label="Tells of incidents within, in hours"
              min={0}
              max={8_760}
              value={terms.clocks.incident}
              onChange={(value) => set({ clocks: { ...terms.clocks, incident: Number(value) || 0 } })}
            />
          </Group>
          <Checkbox
            label="Staff admit each person by hand"
            checked={terms.byHand}
            onChange={(event) => set({ byHand: event.currentTarget.checked })}
          />
          <Checkbox
            label="Training must be in date"
            checked={terms.training}
            onChange={(event) => set({ training: event.currentTarget.checked })}
          />
          <Checkbox
            label="The vendor is told each event as it happens, and not a total per person and day"
            checked={terms.singleEvents}
            onChange={(event) => set({ singleEvents: event.currentTarget.checked })}
          />
          <ProblemNotice error={save.error} safe="What was agreed before stands." />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!agreed && peers.length === 0}>
              {agreed ? 'Save, and tell the vendor' : 'Agree, and tell the vendor'}
            </Button>
            {agreed && (
              <Text c="dimmed">
                Revision {agreed.terms.revision},{' '}
                {agreed.told ? 'which the vendor has' : 'which the vendor has yet to take'}.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </section>
  );
}

function requestOf({ terms, peer }: TermsView): TermsRequest {
  const { programme, tier, currency, rates, noticeDays, pausePay, clocks, headcount } = terms;
  const { subContractors, agreements, ends, byHand, training, singleEvents } = terms;
  return {
    ...{ peer, programme, tier, currency, rates, noticeDays, pausePay, clocks, headcount },
    ...{ subContractors, agreements, ends, byHand, training, singleEvents },
  };
}
