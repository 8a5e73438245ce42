import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Person, SkillList } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff, roleNames } from '../../session/session';
import { Id } from '../../ui/copy';
import { Dialog } from '../../ui/dialog';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { TokenList } from '../../settings/token-list';
import { EngagementSelect } from '../engagements/engagement-select';
import { useMoveTo } from '../engagements/queries';
import { codes } from '../batches/fields';
import { useEndSessionsOf, useSaveSkills, useSkills } from './queries';
import { isVendors, roleWords } from './roles';

/** One member: what the person may do, can do, and is signed in with. */
export function PersonDialog({ lab, person, close }: { lab: string; person: Person; close: () => void }) {
  const { membership } = useHere();
  const skills = useSkills(lab, person.pseudonym);
  return (
    <Dialog title={person.name} close={close} size="lg">
      <Stack gap="md">
        <Text>
          <strong>{roleNames[person.role]}.</strong> {roleWords[person.role]} In receipts:{' '}
          <Id value={person.pseudonym} label="pseudonym" />
        </Text>
        <section aria-labelledby="skills">
          <Title order={3} id="skills">
            Skills and languages
          </Title>
          {skills.error && <ProblemNotice error={skills.error} retry={() => void skills.refetch()} />}
          {skills.isPending && <Loading what="Looking what the person can do" />}
          {skills.data &&
            (isStaff(membership) ? (
              <EditSkills lab={lab} person={person} skills={skills.data} />
            ) : (
              <Text>{inWords(skills.data)}</Text>
            ))}
        </section>
        {isStaff(membership) && isVendors(person.role) && !person.left && (
          <WorksUnder lab={lab} person={person} />
        )}
        {membership.role === 'owner' && (
          <>
            <EndSessions lab={lab} person={person} />
            <section aria-labelledby="tokens-of">
              <Title order={3} id="tokens-of">
                API tokens
              </Title>
              <TokenList lab={lab} owner={person.pseudonym} />
            </section>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

const inWords = ({ skills, languages }: SkillList) =>
  [...(skills ?? []), ...(languages ?? [])].join(', ') || 'None noted.';

function EditSkills({ lab, person, skills }: { lab: string; person: Person; skills: SkillList }) {
  const save = useSaveSkills(lab, person.pseudonym);
  const [can, setCan] = useState((skills.skills ?? []).join(', '));
  const [speaks, setSpeaks] = useState((skills.languages ?? []).join(', '));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ skills: codes(can), languages: codes(speaks) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text c="dimmed">
          Codes of your own, such as medicine or de. Batches ask for them; they are kept in clear, so they say
          nothing about what is labelled.
        </Text>
        <Group align="flex-end">
          <TextInput label="Skills" value={can} onChange={(event) => setCan(event.currentTarget.value)} />
          <TextInput
            label="Languages"
            value={speaks}
            onChange={(event) => setSpeaks(event.currentTarget.value)}
          />
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
        <ProblemNotice error={save.error} />
        {save.data && (
          <Text role="status" c="dimmed">
            Saved: {inWords(save.data)}
          </Text>
        )}
      </Stack>
    </form>
  );
}

function WorksUnder({ lab, person }: { lab: string; person: Person }) {
  const move = useMoveTo(lab, person.pseudonym);
  const [engagement, setEngagement] = useState(person.engagement ?? null);
  return (
    <section aria-labelledby="works-under">
      <Title order={3} id="works-under">
        Engagement
      </Title>
      <Group align="flex-end">
        <EngagementSelect lab={lab} value={engagement} change={setEngagement} />
        <Button variant="default" loading={move.isPending} onClick={() => move.mutate(engagement)}>
          Move
        </Button>
      </Group>
      <ProblemNotice error={move.error} safe="The person works where they did." />
      {move.isSuccess && (
        <Text role="status" c="dimmed">
          Moved. What was shown before stays counted where it was.
        </Text>
      )}
    </section>
  );
}

function EndSessions({ lab, person }: { lab: string; person: Person }) {
  const end = useEndSessionsOf(lab, person.pseudonym);
  return (
    <section aria-labelledby="sessions-of">
      <Title order={3} id="sessions-of">
        Sessions
      </Title>
      <Text>
        Ends every session that {person.name} is signed in with, at every lab, at once. Drafts are kept; the
        person can sign in again. To keep somebody out, suspend the person.
      </Text>
      <Group mt="xs">
        <Button
          variant="default"
          c="var(--mantine-color-error)"
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          Sign out everywhere
        </Button>
      </Group>
      <ProblemNotice error={end.error} />
      {end.isSuccess && (
        <Notice tone="good" title="Signed out everywhere" live>
          Every session of the person has ended.
        </Notice>
      )}
    </section>
  );
}
