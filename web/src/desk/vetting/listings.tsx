import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, useAct, useAt } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import { MoneyInput } from '../../ui/money-input';
import type { Listing } from '../../listings/types';
import { EmptyState } from '../../ui/empty-state';
import { counted, money } from '../../ui/format';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { codes } from '../needs/terms';

interface DeskListing {
  listing: Listing;
  applied: number;
  linksToday: number;
  invitationsPerDay: number;
}

/** Listings, open to anybody at /listings. */
export default function Listings() {
  const listings = useAt<DeskListing[]>('/api/desk/listings');
  const close = useAct((id: string) => post(`/api/desk/listings/${id}/close`));
  const [opening, setOpening] = useState(false);
  return (
    <Stack gap="sm">
      <Group>
        <Button onClick={() => setOpening(true)}>Open a listing…</Button>
        <Text c="dimmed">Public at {location.origin}/listings.</Text>
      </Group>
      <ProblemNotice error={listings.error ?? close.error} />
      {listings.data?.length === 0 && (
        <EmptyState title="No listing yet">
          People who find one apply by themselves and enrol with a passkey.
        </EmptyState>
      )}
      {(listings.data ?? []).map(({ listing, applied, linksToday, invitationsPerDay }) => (
        <article key={listing.id} className="panel" aria-label={listing.title}>
          <Group justify="space-between">
            <Text fw={600}>{listing.title}</Text>
            {listing.closedAt ? (
              <State>Closed</State>
            ) : (
              <Button variant="default" loading={close.isPending} onClick={() => close.mutate(listing.id)}>
                Close<span className="visually-hidden"> {listing.title}</span>
              </Button>
            )}
          </Group>
          <Text>
            {money(listing.rateFrom, listing.currency)} to {money(listing.rateTo, listing.currency)} an hour;{' '}
            {counted(applied, 'person', 'people')} applied; {linksToday} of {invitationsPerDay} links today;
            open since <Time value={listing.openedAt} />
          </Text>
        </article>
      ))}
      {opening && <Open close={() => setOpening(false)} />}
    </Stack>
  );
}

function Open({ close }: { close: () => void }) {
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [skills, setSkills] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [rateFrom, setFrom] = useState(0);
  const [rateTo, setTo] = useState(0);
  const [earlier, setEarlier] = useState(0);
  const [hours, setHours] = useState(20);
  const act = useAct(() =>
    post('/api/desk/listings', {
      title,
      text,
      currency,
      rateFrom,
      rateTo,
      hoursPerWeek: hours,
      skills: codes(skills),
      earlierRate: earlier || null,
    }),
  );
  return (
    <Form
      title="Open a listing"
      send="Open it to anybody"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text c="dimmed">It is public. Say nothing of a lab’s that its brief does not say.</Text>
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label="Text (Markdown)"
        required
        withAsterisk={false}
        autosize
        minRows={4}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput label="Skills" value={skills} onChange={(event) => setSkills(event.currentTarget.value)} />
      <Group align="flex-end">
        <TextInput
          label="Currency"
          maxLength={3}
          w={90}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
        <MoneyInput label="An hour, from" currency={currency} minor={rateFrom} change={setFrom} />
        <MoneyInput label="An hour, to" currency={currency} minor={rateTo} change={setTo} />
        <MoneyInput
          label="Same work, listed before at"
          currency={currency}
          minor={earlier}
          change={setEarlier}
        />
        <NumberInput
          label="Hours a week"
          min={1}
          max={60}
          w={120}
          value={hours}
          onChange={(value) => setHours(Number(value))}
        />
      </Group>
    </Form>
  );
}
