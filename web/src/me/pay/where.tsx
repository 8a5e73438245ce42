import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { put, useAct } from '../../vendor/asking';
import { ProblemNotice } from '../../ui/notice';
import type { MyPay } from './pay';

/** By which clock the days are cut, where the work is done, and where the money goes. */
export function Where({ pay }: { pay: MyPay }) {
  const [zone, setZone] = useState(pay.zone);
  const [place, setPlace] = useState(pay.place ?? '');
  const where = useAct(() => put('/api/me/pay/where', { zone: zone.trim(), place: place.trim() || null }));
  const [account, setAccount] = useState({ name: '', iban: '', account: '', bic: '' });
  const details = useAct(() => put('/api/me/pay/details', trimmed(account)));
  const sent = (act: { mutate: (given: undefined) => void }) => (event: FormEvent) => {
    event.preventDefault();
    act.mutate(undefined);
  };
  const field = (name: keyof typeof account, label: string, required = false) => (
    <TextInput
      label={label}
      required={required}
      withAsterisk={false}
      autoComplete="off"
      value={account[name]}
      onChange={(event) => setAccount({ ...account, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <section aria-labelledby="where" className="panel">
        <Title order={2} id="where" mb="xs">
          Where you work
        </Title>
        <form onSubmit={sent(where)}>
          <Stack gap="xs">
            <Group align="flex-end">
              <TextInput label="Time zone" value={zone} onChange={(event) => setZone(event.currentTarget.value)} />
              <TextInput
                label="Place (ISO 3166)"
                placeholder="DE or US-CA"
                value={place}
                onChange={(event) => setPlace(event.currentTarget.value.toUpperCase())}
              />
              <Button type="submit" variant="default" loading={where.isPending}>
                Save
              </Button>
            </Group>
            <Text c="dimmed">
              The zone cuts your days; the place says which floor an hour of your work may not fall below. Both count
              from now on.
            </Text>
            <ProblemNotice error={where.error} />
            {where.isSuccess && <Text role="status">Saved.</Text>}
          </Stack>
        </form>
      </section>
      <section aria-labelledby="account" className="panel">
        <Title order={2} id="account" mb="xs">
          Where your money goes
        </Title>
        <form onSubmit={sent(details)}>
          <Stack gap="xs">
            <Text>
              {pay.hasDetails ? 'An account is known. What you write here takes its place.' : 'No account is known yet.'}{' '}
              It is sealed under your own key and opened when a payout’s file is made; you see each time under “Held about
              me”.
            </Text>
            <Group align="flex-end">
              {field('name', 'Account holder', true)}
              {field('iban', 'IBAN')}
              {field('account', 'Or account number')}
              {field('bic', 'BIC')}
              <Button type="submit" variant="default" loading={details.isPending}>
                Seal the account
              </Button>
            </Group>
            <ProblemNotice error={details.error} safe="What was known before still holds." />
            {details.isSuccess && <Text role="status">Sealed. The next payout goes there.</Text>}
          </Stack>
        </form>
      </section>
    </>
  );
}

const bare = (text: string) => text.replace(/\s/g, '').toUpperCase() || null;

const trimmed = ({ name, iban, account, bic }: Record<'name' | 'iban' | 'account' | 'bic', string>) => ({
  name: name.trim(),
  iban: bare(iban),
  account: bare(account),
  bic: bare(bic),
});
