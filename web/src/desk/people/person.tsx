import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAt, useOpened } from '../../vendor/asking';
import { endWord, labStates, missingWord } from '../../vendor/work';
import { money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { Interview, PlacementRow, Profile, Vetting } from '../types';
import { Hold, Note, Verify } from './vet';

/** One expert. What is sealed is opened only when asked for, and the expert sees that it was. */
export default function Person() {
  const { person = '' } = useParams();
  const vetting = useAt<Vetting>(`/api/desk/experts/${person}/vetting`);
  const placements = useAt<PlacementRow[]>(`/api/desk/placements?expert=${person}&ended=true`);
  const [asked, setAsked] = useState(false);
  const profile = useOpened<Profile>(asked ? `/api/desk/experts/${person}/profile` : null);
  const [doing, setDoing] = useState<'interview' | 'check' | 'skill' | null>(null);
  return (
    <Page title={profile.data?.name ?? placements.data?.[0]?.name ?? 'An expert'}>
      <Stack gap="lg">
        <section aria-labelledby="profile" className="panel">
          <Title order={2} id="profile" mb="xs">
            Profile
          </Title>
          {!asked && (
            <Stack gap="xs">
              <Text>
                Name, contact and what the person says of themselves are sealed. Opening them leaves a receipt
                in your name, and the person sees who looked, when and what for.
              </Text>
              <Group>
                <Button variant="default" onClick={() => setAsked(true)}>
                  Open the profile
                </Button>
              </Group>
            </Stack>
          )}
          {asked && profile.isPending && <Loading what="Opening, with a receipt" />}
          <ProblemNotice error={profile.error} />
          {profile.data && <ProfileInWords profile={profile.data} />}
        </section>
        <section aria-labelledby="vetting">
          <Group justify="space-between" mb="xs">
            <Title order={2} id="vetting">
              Vetting
            </Title>
            <Group gap="xs">
              <Button variant="default" onClick={() => setDoing('skill')}>
                Verify a skill…
              </Button>
              <Button variant="default" onClick={() => setDoing('interview')}>
                Write down an interview…
              </Button>
              <Button variant="default" onClick={() => setDoing('check')}>
                Note a check…
              </Button>
            </Group>
          </Group>
          <ProblemNotice error={vetting.error} retry={() => void vetting.refetch()} />
          {vetting.data && <VettingInWords vetting={vetting.data} />}
        </section>
        <section aria-labelledby="placed">
          <Title order={2} id="placed" mb="xs">
            Placements
          </Title>
          {placements.data?.length === 0 && (
            <Text c="dimmed">
              None yet. <Link to="/desk/needs">Find a need that fits.</Link>
            </Text>
          )}
          <ul className="bare">
            {(placements.data ?? []).map((row) => (
              <li key={row.id} className="panel">
                <Link to={`/desk/engagements/${row.engagement}`}>Engagement</Link>, since{' '}
                <Time value={row.startedAt} />:{' '}
                {row.endedAt
                  ? `ended, ${endWord(row.endReason ?? 'done')}`
                  : row.missing.length > 0
                    ? row.missing.map(missingWord).join('; ')
                    : ((row.labState && labStates[row.labState]) ?? 'the lab has not answered yet')}
              </li>
            ))}
          </ul>
        </section>
        <Text c="dimmed">
          Agreements, training and conflicts of interest are weighed with each need: its list says of this
          person what is signed, in date and free of conflict.
        </Text>
      </Stack>
      {doing === 'interview' && <Hold person={person} close={() => setDoing(null)} />}
      {doing === 'check' && <Note person={person} close={() => setDoing(null)} />}
      {doing === 'skill' && <Verify person={person} close={() => setDoing(null)} />}
    </Page>
  );
}

function ProfileInWords({ profile }: { profile: Profile }) {
  const { own } = profile;
  const facts: [string, string][] = [
    ['Name', own?.fullName ?? 'not said'],
    ['Contact', [own?.email, own?.phone].filter(Boolean).join(', ') || 'not said'],
    ['Lives by', [profile.zone, profile.country].filter(Boolean).join(', ') || 'not said'],
    ['Hours a week', String(profile.hoursPerWeek)],
    [
      'Asks',
      profile.rates.map((rate) => `${money(rate.perHour, rate.currency)} an hour`).join(', ') || 'not said',
    ],
    [
      'Languages',
      profile.languages.map(({ tag, level }) => `${tag} at ${level.toUpperCase()}`).join(', ') ||
        'none named',
    ],
    ['Will look at', profile.contentClasses.join(', ') || 'nothing of the named classes'],
    ['Wants to be found', profile.listed ? 'yes' : 'no'],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {own?.about && <Text className="whole">{own.about}</Text>}
      <Text fw={600} mt="xs">
        Skills
      </Text>
      <ul>
        {profile.skills.map(({ code, level, verified, verifiedUntil }) => (
          <li key={code}>
            {code}: {level ? `${level} by their own word` : 'not claimed'}
            {verified && verifiedUntil && (
              <>
                ; verified at {verified}, until <Time value={verifiedUntil} />
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const outcomes: Record<string, string> = {
  passed: 'passed',
  notPassed: 'not passed',
  toBeRepeated: 'to be repeated',
};

function VettingInWords({ vetting }: { vetting: Vetting }) {
  const nothing = vetting.interviews.length + vetting.checks.length + vetting.tests.length === 0;
  if (nothing) return <Text c="dimmed">Nothing yet: no interview, check or test.</Text>;
  return (
    <ul className="bare">
      {vetting.interviews.map((interview) => (
        <li key={interview.id} className="panel">
          Interview <Time value={interview.heldAt} />: {outcomes[interview.outcome]}{' '}
          <Transcript id={interview.id} />
        </li>
      ))}
      {vetting.checks.map((check) => (
        <li key={check.id} className="panel">
          Check of {check.kind}:{' '}
          {check.inForce ? (
            <State tone="good">passed</State>
          ) : (
            <State tone="attention">{check.passed ? 'ran out' : 'not passed'}</State>
          )}{' '}
          until <Time value={check.expiresAt} />. The document stays with whoever checked it.
        </li>
      ))}
      {vetting.tests.map((test) => (
        <li key={test.id} className="panel">
          Test {test.qualification}:{' '}
          {test.state === 'scored'
            ? `${test.score} %, ${test.passed ? 'passed' : 'not passed'}`
            : 'not scored yet'}
          {test.goodUntil && (
            <>
              , good until <Time value={test.goodUntil} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Transcript({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const interview = useOpened<Interview>(asked ? `/api/desk/interviews/${id}` : null);
  if (!asked)
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        Open the transcript (receipted)
      </Button>
    );
  if (interview.isPending) return <Loading what="Opening, with a receipt" />;
  if (!interview.data) return <ProblemNotice error={interview.error} />;
  if (!interview.data.questions)
    return <Notice title="Its time was up">The transcript was removed; the outcome stays.</Notice>;
  return (
    <>
      <dl>
        {interview.data.questions.map((question, at) => (
          <div key={question}>
            <dt>
              <strong>{question}</strong>
            </dt>
            <dd>
              {interview.data.answers?.[at]?.said}
              {interview.data.answers?.[at]?.judgement && <em> ({interview.data.answers[at]!.judgement})</em>}
            </dd>
          </div>
        ))}
      </dl>
      <Text>Why: {interview.data.why}</Text>
    </>
  );
}
