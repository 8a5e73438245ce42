import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, useAct } from '../../vendor/asking';
import { Rates } from '../../vendor/rates';
import { missingWord } from '../../vendor/work';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { MyOffer } from '../types';

/** An offer with all that it brings, before anybody says yes. */
export function Offer({ offer }: { offer: MyOffer }) {
  const [accepting, setAccepting] = useState(false);
  const decline = useAct(() => post(`/api/me/offers/${offer.id}/decline`));
  const name = offer.codeName ?? 'Work';
  return (
    <article className="panel" aria-label={`Offer: ${name} for ${offer.lab}`}>
      <Title order={3}>
        {name} for {offer.lab}
      </Title>
      {offer.description && <Text className="whole">{offer.description}</Text>}
      <Rates
        rates={offer.rates}
        currency={offer.currency}
        earlier={offer.earlier}
        caption={`Rates of ${name}`}
      />
      <dl className="facts">
        <div>
          <dt>Expected</dt>
          <dd>{counted(offer.weekHours, 'hour')} a week</dd>
        </div>
        <div>
          <dt>Notice</dt>
          <dd>{noticeInWords(offer)}</dd>
        </div>
        {offer.contentClasses.length > 0 && (
          <div>
            <dt>You may meet</dt>
            <dd>{offer.contentClasses.join(', ')}; any such task can be skipped</dd>
          </div>
        )}
        <div>
          <dt>Stands until</dt>
          <dd>
            <Time value={offer.expiresAt} />. To decline it, or to say nothing, counts for nothing.
          </dd>
        </div>
      </dl>
      {offer.missing.length > 0 && <Missing missing={offer.missing} />}
      <ProblemNotice error={decline.error} />
      <Group mt="sm">
        <Button disabled={offer.missing.length > 0} onClick={() => setAccepting(true)}>
          Accept…<span className="visually-hidden"> {name}</span>
        </Button>
        <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate(undefined)}>
          Decline<span className="visually-hidden"> {name}</span>
        </Button>
      </Group>
      {accepting && <Accept offer={offer} name={name} close={() => setAccepting(false)} />}
    </article>
  );
}

const noticeInWords = ({ noticeDays, pausePay }: MyOffer) =>
  noticeDays === 0
    ? 'none: the work may end from one day to the next'
    : `${counted(noticeDays, 'day')} before it ends; ${pausePay === 0 ? 'hours that fall away sooner are not paid' : `where it stops sooner, ${pausePay} % of the promised hours is paid`}`;

/** What has to be put in order first, each with the way there. */
export function Missing({ missing }: { missing: string[] }) {
  return (
    <Notice tone="attention" title="First to be put in order">
      <ul>
        {missing.map((code) => (
          <li key={code}>
            {missingWord(code)}
            {(code.startsWith('agreement') || code === 'training') && (
              <>
                {' '}
                <Link to="/me/agreements">{code === 'training' ? 'Do the training' : 'Read and sign'}</Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Accept({ offer, name, close }: { offer: MyOffer; name: string; close: () => void }) {
  const accept = useAct(() => post<{ placement: string }>(`/api/me/offers/${offer.id}/accept`));
  return (
    <Dialog title={`Accept ${name} for ${offer.lab}`} close={close}>
      <Stack gap="sm">
        <ul>
          <li>These rates hold from your first task; the rate of a task is fixed when you take it.</li>
          <li>
            {offer.lab} is told that you may work for it, under a name that only it knows you by, and which of
            your skills, tests and agreements were checked. It is not told your name, your address or your
            pay.
          </li>
          <li>You can leave at any time; work that is done is paid.</li>
        </ul>
        <ProblemNotice error={accept.error} safe="Nothing was accepted." />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button loading={accept.isPending} onClick={() => accept.mutate(undefined, { onSuccess: close })}>
            Accept
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
