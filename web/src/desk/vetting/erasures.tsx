import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { post, put, useAct, useAt } from '../../vendor/asking';
import { useVendor } from '../../vendor/at-vendor';
import { Form } from '../../vendor/form';
import { Id } from '../../ui/copy';
import { counted } from '../../ui/format';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';

interface Retention {
  field: string;
  purpose: string;
  days: number;
  ownRule: boolean;
}

interface Erased {
  person: string;
  erasedAt: string;
  records: number;
  proposal: string;
  state: string;
  effectiveAt: string | null;
}

/** How long each field is kept, and people who had themselves erased. */
export default function Erasures() {
  const retention = useAt<Retention[]>('/api/desk/retention');
  const erased = useAt<Erased[]>('/api/desk/erasures');
  const approve = useAct((person: string) => post(`/api/desk/erasures/${person}/approve`));
  const owner = useVendor().role === 'owner';
  const [changing, setChanging] = useState<Retention | null>(null);
  return (
    <Stack gap="lg">
      <section aria-labelledby="erased">
        <Title order={2} id="erased" mb="xs">
          Erased people
        </Title>
        <ProblemNotice error={erased.error ?? approve.error} />
        {erased.data?.length === 0 && <Text c="dimmed">Nobody had themselves erased.</Text>}
        <ul className="bare">
          {(erased.data ?? []).map((one) => (
            <li key={one.person} className="panel">
              <Group justify="space-between">
                <Text>
                  <Id value={one.person} label="person" /> <Time value={one.erasedAt} />:{' '}
                  {counted(one.records, 'record')} removed.{' '}
                  {one.state === 'done' ? (
                    <State tone="good">The key is destroyed</State>
                  ) : one.state === 'open' ? (
                    <State tone="attention">The key waits for a second person</State>
                  ) : (
                    <State>The key: {one.state}</State>
                  )}
                </Text>
                {one.state === 'open' && (
                  <Button
                    variant="default"
                    loading={approve.isPending}
                    onClick={() => approve.mutate(one.person)}
                  >
                    Approve that the key is destroyed
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="kept">
        <Title order={2} id="kept" mb="xs">
          How long it is kept
        </Title>
        <ProblemNotice error={retention.error} />
        <ul className="bare">
          {(retention.data ?? []).map((rule) => (
            <li key={rule.field} className="panel">
              <Group justify="space-between">
                <Text>
                  <strong>{rule.field}</strong>: {counted(rule.days, 'day')}. {rule.purpose}
                </Text>
                {owner && (
                  <Button variant="default" onClick={() => setChanging(rule)}>
                    Change…<span className="visually-hidden"> {rule.field}</span>
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
      </section>
      {changing && <Change rule={changing} close={() => setChanging(null)} />}
    </Stack>
  );
}

function Change({ rule, close }: { rule: Retention; close: () => void }) {
  const [days, setDays] = useState(rule.days);
  const act = useAct(() => put(`/api/desk/retention/${rule.field}`, { days }));
  return (
    <Form
      title={`How long ${rule.field} is kept`}
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>
        What is held already goes by it too: a shorter time removes what is older at once, for good. Everybody
        sees the time on their own page.
      </Text>
      <NumberInput
        label="Days"
        min={1}
        max={3653}
        value={days}
        onChange={(value) => setDays(Number(value))}
      />
    </Form>
  );
}
