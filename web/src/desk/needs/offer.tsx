import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct } from '../../vendor/asking';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import type { MatchedPerson, Need } from '../types';

/** Offers a need to the people chosen, and says afterwards who has an offer now. */
export function Offer({
  need,
  people,
  close,
  made,
}: {
  need: Need;
  people: MatchedPerson[];
  close: () => void;
  made: () => void;
}) {
  const offer = useAct((openHours: number) =>
    post<{ made: string[]; skipped: string[] }>(`/api/desk/needs/${need.id}/offers`, {
      experts: people.map(({ person }) => person),
      openHours,
    }),
  );
  const [hours, setHours] = useState(72);
  const done = () => {
    made();
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    offer.mutate(hours);
  };
  if (offer.data)
    return (
      <Dialog title="Offered" close={done}>
        <Notice
          tone="good"
          title={`${counted(offer.data.made.length, 'person has', 'people have')} an offer now`}
          live
        >
          {offer.data.skipped.length > 0 && (
            <Text>
              {counted(offer.data.skipped.length, 'person', 'people')} left out: offered already, placed
              there, or gone.
            </Text>
          )}
        </Notice>
      </Dialog>
    );
  return (
    <Dialog title={`Offer to ${counted(people.length, 'person', 'people')}`} close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>
            {people
              .slice(0, 12)
              .map(({ name }) => name)
              .join(', ')}
            {people.length > 12 && ` and ${people.length - 12} more`}
          </Text>
          <Text>
            Each sees rates, expected hours, notice, pause pay and what the same work paid before. What is
            offered is what holds: a later change of the need does not touch it.{' '}
            {counted(need.places - need.placed, 'place is', 'places are')} free; whoever accepts first has
            one.
          </Text>
          <NumberInput
            label="Stands for, in hours"
            min={1}
            max={720}
            w={150}
            value={hours}
            onChange={(value) => setHours(Number(value))}
          />
          <ProblemNotice error={offer.error} safe="Nobody was offered anything." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={offer.isPending}>
              Make the offers
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
