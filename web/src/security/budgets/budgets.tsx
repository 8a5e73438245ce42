import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Policy } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { hours, kindCalled, limits } from './policy';
import { PolicyDialog } from './policy-dialog';
import { usePolicy, useSetPolicy } from './queries';
import { Shares } from './shares';
import { Spent } from './spent';

/** What bounds readers at the lab, what is spent of it, and what somebody could have put together. */
export default function Budgets({ lab }: { lab: string }) {
  return (
    <Stack gap="lg">
      <Spent lab={lab} />
      <Shares lab={lab} />
      <Bounds lab={lab} />
    </Stack>
  );
}

function Bounds({ lab }: { lab: string }) {
  const policy = usePolicy(lab);
  const staff = isStaff(useHere().membership);
  const set = useSetPolicy(lab);
  const [editing, setEditing] = useState(false);
  return (
    <section aria-labelledby="bounds">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="bounds">
          Weights and limits
        </Title>
        {staff && policy.data && (
          <Button variant="default" onClick={() => setEditing(true)}>
            Change weights and limits…
          </Button>
        )}
      </Group>
      <Text component="p" mt={0} mb="xs">
        Showing a record to somebody for the first time costs its weight; showing the same version again costs
        nothing and is receipted all the same. Where a limit is reached, nothing more is shown until it frees.
      </Text>
      <ProblemNotice error={policy.error} retry={() => void policy.refetch()} />
      {policy.isPending && <Loading what="Fetching weights and limits" />}
      {set.data && (
        <Notice
          tone={set.data.proposal ? 'attention' : 'good'}
          title={set.data.proposal ? 'Waits for a second person' : 'In force'}
          live
        >
          {set.data.sentence}{' '}
          {set.data.proposal && <Link to={`/labs/${lab}/security/proposals`}>What waits for two people</Link>}
        </Notice>
      )}
      {policy.data && <Facts policy={policy.data} />}
      {editing && policy.data && (
        <PolicyDialog policy={policy.data} set={set} close={() => setEditing(false)} />
      )}
    </section>
  );
}

/** Limits on the left, weights on the right: the heaviest first. */
function Facts({ policy }: { policy: Policy }) {
  const weights = Object.entries(policy.weights).sort(([, x], [, y]) => y - x);
  return (
    <Group align="flex-start" gap="md" mt="xs">
      <div className="panel table-scroll" style={{ flex: '1 1 24rem' }}>
        <Table>
          <caption className="visually-hidden">Limits</caption>
          <Table.Tbody>
            {limits.map(({ key, name, unit }) => (
              <Fact key={key} name={name} unit={policy[key] === null ? '' : unit}>
                {policy[key] === null ? 'not bounded' : count(policy[key])}
              </Fact>
            ))}
            <Fact name="Delay before shredding" unit="hours">
              {count(hours(policy.shredDelaySeconds))}
            </Fact>
            <Fact name="Lifting a suspension takes" unit="">
              {policy.twoToResume ? 'two people' : 'one person'}
            </Fact>
          </Table.Tbody>
        </Table>
      </div>
      <div className="panel table-scroll" style={{ flex: '1 1 16rem' }}>
        <Table>
          <caption className="visually-hidden">Weights</caption>
          <Table.Tbody>
            {weights.map(([kind, weight]) => (
              <Fact key={kind} name={`Each of the ${kindCalled(kind)}`} unit="weight">
                {count(weight)}
              </Fact>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Group>
  );
}

function Fact({ name, unit, children }: { name: string; unit: string; children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td className="number">{children}</Table.Td>
      <Table.Td>{unit}</Table.Td>
    </Table.Tr>
  );
}
