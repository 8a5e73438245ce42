import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAt } from '../../vendor/asking';
import { isManager, useVendor } from '../../vendor/at-vendor';
import { counted } from '../../ui/format';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import type { EngagementRow, RosterPerson, RosterWeek, Team } from '../types';
import { PlanWeek } from './plan-week';
import { days, hoursOf, mondayOf, shifted } from './week';

/** A week of an engagement: who works when, and whether it is enough. */
export default function Roster() {
  const engagements = useAt<EngagementRow[]>('/api/desk/engagements');
  const [chosen, setChosen] = useState('');
  const [monday, setMonday] = useState(() => mondayOf(new Date()));
  const [team, setTeam] = useState('');
  const [planning, setPlanning] = useState<RosterPerson | null>(null);
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const after = pages.at(-1);
  const inForce = (engagements.data ?? []).filter(({ state }) => state === 'inForce');
  const engagement = inForce.find(({ id }) => id === chosen) ?? inForce[0];
  const teams = useAt<Team[]>(engagement ? `/api/desk/roster/teams?engagement=${engagement.id}` : null);
  const week = useAt<RosterWeek>(
    engagement
      ? `/api/desk/roster?engagement=${engagement.id}&monday=${monday}${team && `&team=${team}`}${after ? `&after=${after}` : ''}`
      : null,
  );
  const manager = isManager(useVendor());
  const go = (by: number) => {
    setMonday(shifted(monday, by * 7));
    setPages([null]);
  };
  return (
    <Page title="Roster">
      <Stack gap="md">
        <ProblemNotice error={engagements.error ?? week.error} retry={() => void week.refetch()} />
        {engagements.data && !engagement && (
          <EmptyState title="No engagement is in force">
            A roster is of an engagement. See <Link to="/desk/engagements">which there are</Link>.
          </EmptyState>
        )}
        {engagement && (
          <Group align="flex-end">
            <NativeSelect
              label="Engagement"
              value={engagement.id}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
                setTeam('');
                setPages([null]);
              }}
              data={inForce.map((one) => ({ value: one.id, label: `${one.lab} (${one.placed} people)` }))}
            />
            <NativeSelect
              label="Team"
              value={team}
              onChange={(event) => {
                setTeam(event.currentTarget.value);
                setPages([null]);
              }}
              data={[
                { value: '', label: 'everybody' },
                ...(teams.data ?? []).map(({ id, code, people }) => ({
                  value: id,
                  label: `${code} (${people})`,
                })),
              ]}
            />
            <Group gap="xs" role="group" aria-label="Week">
              <Button variant="default" onClick={() => go(-1)}>
                Week before
              </Button>
              <Text aria-live="polite">from {monday}</Text>
              <Button variant="default" onClick={() => go(1)}>
                Week after
              </Button>
            </Group>
          </Group>
        )}
        {week.isPending && engagement && <Loading what="Opening the week" />}
        {week.data && <Enough week={week.data} team={team !== ''} />}
        {week.data && (
          <div className="panel table-scroll">
            <Table>
              <caption className="visually-hidden">The week from {monday}, each by their own clock</caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Person</Table.Th>
                  {days.map((day, at) => (
                    <Table.Th key={day} scope="col" className="number">
                      {day} {shifted(monday, at).slice(8)}
                    </Table.Th>
                  ))}
                  <Table.Th scope="col" className="number">
                    Planned of offered
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {week.data.people.map((person) => (
                  <Table.Tr key={person.placement}>
                    <Table.Th scope="row">
                      {manager ? (
                        <Button variant="default" onClick={() => setPlanning(person)}>
                          {person.name}
                          <span className="visually-hidden">: plan the week</span>
                        </Button>
                      ) : (
                        person.name
                      )}
                      {person.role === 'lead' && ' (lead)'} <Text c="dimmed">{person.zone}</Text>
                    </Table.Th>
                    {person.minutes.map((minutes, at) => (
                      <Table.Td key={days[at]} className="number">
                        {person.off[at] ? <State>off</State> : minutes === 0 ? '' : hoursOf(minutes)}
                      </Table.Td>
                    ))}
                    <Table.Td className="number">
                      {hoursOf(person.minutes.reduce((sum, one) => sum + one, 0))} of {person.weekHours} h
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {week.data.people.length === 0 && (
              <Text c="dimmed">
                Nobody is placed here. <Link to="/desk/needs">Offer places to people who fit.</Link>
              </Text>
            )}
            <Group mt="xs">
              {pages.length > 1 && (
                <Button variant="default" onClick={() => setPages(pages.slice(0, -1))}>
                  People before
                </Button>
              )}
              {week.data.next && (
                <Button variant="default" onClick={() => setPages([...pages, week.data.next])}>
                  Next people
                </Button>
              )}
            </Group>
          </div>
        )}
      </Stack>
      {planning && <PlanWeek person={planning} monday={monday} close={() => setPlanning(null)} />}
    </Page>
  );
}

function Enough({ week, team }: { week: RosterWeek; team: boolean }) {
  const planned = week.plannedMinutes.reduce((sum, one) => sum + one, 0);
  const short = !team && week.placedHours < week.neededHours;
  return (
    <Text>
      {counted(week.placed, 'person', 'people')} with {counted(week.placedHours, 'hour')} a week;{' '}
      {hoursOf(planned)} planned.{' '}
      {!team &&
        (short ? (
          <State tone="attention">Open needs ask for {counted(week.neededHours, 'hour')}</State>
        ) : (
          <State tone="good">Enough for open needs ({counted(week.neededHours, 'hour')})</State>
        ))}
    </Text>
  );
}
