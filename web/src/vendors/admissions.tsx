import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { Admission } from '../api/types';
import { roleWord } from '../session/session';
import { Id } from '../ui/copy';
import { DataTable, type Column } from '../ui/data-table';
import { ProblemNotice, State } from '../ui/notice';
import { Time } from '../ui/time';
import { useAdmissions, useDecideAdmission } from './queries';

const states: Record<
  Admission['state'],
  { tone: 'neutral' | 'good' | 'attention' | 'stopped'; words: string }
> = {
  waiting: { tone: 'attention', words: 'Waits for you' },
  admissible: { tone: 'neutral', words: 'May enrol' },
  declined: { tone: 'stopped', words: 'Declined' },
  enrolled: { tone: 'good', words: 'Works here' },
  withdrawn: { tone: 'neutral', words: 'Withdrawn' },
  lapsed: { tone: 'neutral', words: 'No longer vouched for' },
};

/** The vendor's people, by pseudonym: what the vendor states of them, and whether they may come. */
export function Admissions({ lab, engagement, staff }: { lab: string; engagement: string; staff: boolean }) {
  const admissions = useAdmissions(lab, engagement);
  const decide = useDecideAdmission(lab, engagement);
  const columns: Column<Admission>[] = [
    {
      title: 'Person',
      value: (one) => one.person,
      show: (one) => <Id value={one.person} label="pseudonym" />,
    },
    { title: 'Role', value: (one) => roleWord(one.role) },
    {
      title: 'State',
      value: (one) => states[one.state].words,
      show: (one) => <State tone={states[one.state].tone}>{states[one.state].words}</State>,
      filter: true,
    },
    { title: 'Skills', value: (one) => one.facts.skills.join(', ') },
    { title: 'Tests', value: (one) => one.facts.qualifications.join(', ') },
    { title: 'Agreements', value: (one) => one.facts.agreements.join(', ') },
    { title: 'Vouched for until', value: (one) => one.until, show: (one) => <Time value={one.until} /> },
  ];
  if (staff)
    columns.push({
      title: 'Decide',
      value: () => '',
      show: (one) => (
        <Group gap="xs">
          {(one.state === 'waiting' || one.state === 'declined') && (
            <Button variant="default" onClick={() => decide.mutate({ person: one.person, admit: true })}>
              Admit<span className="visually-hidden"> {one.person.slice(-8)}</span>
            </Button>
          )}
          {(one.state === 'waiting' || one.state === 'admissible' || one.state === 'enrolled') && (
            <Button variant="default" onClick={() => decide.mutate({ person: one.person, admit: false })}>
              {one.state === 'enrolled' ? 'End at once' : 'Decline'}
              <span className="visually-hidden"> {one.person.slice(-8)}</span>
            </Button>
          )}
        </Group>
      ),
    });
  return (
    <section className="panel" aria-labelledby="admissions">
      <Stack gap="sm">
        <Title order={2} id="admissions">
          People
        </Title>
        <Text c="dimmed">
          The vendor knows their names; the lab does not. Ending somebody ends their sessions, gives back what
          they hold, and keeps their drafts.
        </Text>
        <ProblemNotice error={admissions.error ?? decide.error} retry={() => void admissions.refetch()} />
        {admissions.data?.length === 0 && (
          <Text>
            Nobody yet. The vendor states its people here once it has placed them on this engagement.
          </Text>
        )}
        {admissions.data && admissions.data.length > 0 && (
          <DataTable caption="People" rows={admissions.data} columns={columns} id={(one) => one.person} />
        )}
      </Stack>
    </section>
  );
}
