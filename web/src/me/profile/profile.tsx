import { Button, Checkbox, Group, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Profile as Held } from '../../desk/types';
import { codes, readLanguages } from '../../desk/needs/terms';
import { put, useAct, useOpened } from '../../vendor/asking';
import { MoneyInput } from '../../ui/money-input';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';

const path = '/api/me/profile';

/** What one says of oneself, to be found for work. */
export default function Profile() {
  const profile = useOpened<Held>(path);
  return (
    <Page title="Profile">
      <ProblemNotice error={profile.error} retry={() => void profile.refetch()} />
      {profile.isPending && <Loading what="Opening your profile" />}
      {profile.data && <Edit profile={profile.data} />}
    </Page>
  );
}

const levels = { basic: 'basic', working: 'working', expert: 'expert' } as const;

function Edit({ profile }: { profile: Held }) {
  const client = useQueryClient();
  const [own, setOwn] = useState({
    fullName: profile.own?.fullName ?? '',
    email: profile.own?.email ?? '',
    phone: profile.own?.phone ?? '',
    about: profile.own?.about ?? '',
  });
  const [zone, setZone] = useState(profile.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [country, setCountry] = useState(profile.country ?? '');
  const [hoursPerWeek, setHours] = useState(profile.hoursPerWeek);
  const [skills, setSkills] = useState(
    profile.skills.flatMap(({ code, level }) => (level ? [`${code}:${level}`] : [])).join(' '),
  );
  const [languages, setLanguages] = useState(
    profile.languages.map(({ tag, level }) => `${tag}:${level}`).join(' '),
  );
  const [currency, setCurrency] = useState(profile.rates[0]?.currency ?? 'EUR');
  const [perHour, setPerHour] = useState(profile.rates[0]?.perHour ?? 0);
  const [classes, setClasses] = useState(profile.contentClasses.join(' '));
  const [listed, setListed] = useState(profile.listed);
  const save = useAct((body: unknown) => put(path, body));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      {
        zone,
        hoursPerWeek,
        country: country.trim() || null,
        listed,
        skills: codes(skills).map((word) => {
          const [code = '', level = ''] = word.split(':');
          return { code, level: levels[level as keyof typeof levels] ?? 'working' };
        }),
        languages: readLanguages(languages),
        // Rates in other currencies stay as they are.
        rates: [...(perHour > 0 ? [{ currency, perHour }] : []), ...profile.rates.slice(1)],
        contentClasses: codes(classes),
        own: Object.fromEntries(Object.entries(own).map(([name, text]) => [name, text.trim() || null])),
      },
      { onSuccess: () => void client.invalidateQueries({ queryKey: ['opened', path] }) },
    );
  };
  const field = (name: 'fullName' | 'email' | 'phone', label: string, autoComplete: string) => (
    <TextInput
      label={label}
      autoComplete={autoComplete}
      value={own[name]}
      onChange={(event) => setOwn({ ...own, [name]: event.currentTarget.value })}
    />
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <section className="panel" aria-labelledby="sealed">
          <Title order={2} id="sealed">
            Sealed under your own key
          </Title>
          <Text c="dimmed" mb="xs">
            No lab is given it. Staff who open it leave a receipt that you see under “Held about me”.
          </Text>
          <Stack gap="xs">
            <Group>
              {field('fullName', 'Name', 'name')}
              {field('email', 'E-mail', 'email')}
              {field('phone', 'Telephone', 'tel')}
            </Group>
            <Textarea
              label="What you say of yourself"
              autosize
              minRows={3}
              maxLength={8000}
              value={own.about}
              onChange={(event) => setOwn({ ...own, about: event.currentTarget.value })}
            />
          </Stack>
        </section>
        <section className="panel" aria-labelledby="found">
          <Title order={2} id="found">
            To be found for work
          </Title>
          <Text c="dimmed" mb="xs">
            Kept in clear under a number, apart from your name. You are compared with needs by these alone,
            each in words that anybody can check.
          </Text>
          <Stack gap="xs">
            <Checkbox
              label="I want to be found for work"
              checked={listed}
              onChange={(event) => setListed(event.currentTarget.checked)}
            />
            <Group align="flex-end">
              <TextInput
                label="Time zone"
                value={zone}
                onChange={(event) => setZone(event.currentTarget.value)}
              />
              <TextInput
                label="Country"
                placeholder="DE"
                maxLength={2}
                w={90}
                value={country}
                onChange={(event) => setCountry(event.currentTarget.value.toUpperCase())}
              />
              <NumberInput
                label="Hours a week"
                min={0}
                max={60}
                w={120}
                value={hoursPerWeek}
                onChange={(value) => setHours(Number(value))}
              />
              <TextInput
                label="Currency"
                maxLength={3}
                w={90}
                value={currency}
                onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
              />
              <MoneyInput label="You ask, an hour" currency={currency} minor={perHour} change={setPerHour} />
            </Group>
            <TextInput
              label="Skills"
              description="Codes with a level (basic, working, expert): law.contracts:expert writing:working"
              value={skills}
              onChange={(event) => setSkills(event.currentTarget.value)}
            />
            <TextInput
              label="Languages"
              description="Tags with a level: de:native en:c1"
              value={languages}
              onChange={(event) => setLanguages(event.currentTarget.value)}
            />
            <TextInput
              label="Classes of content that you will look at"
              description="Codes, such as violence. Leave it empty to be shown none of them; any task can be skipped all the same."
              value={classes}
              onChange={(event) => setClasses(event.currentTarget.value)}
            />
          </Stack>
        </section>
        {profile.skills.some(({ verified }) => verified) && (
          <section className="panel" aria-labelledby="verified">
            <Title order={2} id="verified">
              Verified
            </Title>
            <ul>
              {profile.skills
                .filter(({ verified }) => verified)
                .map(({ code, verified, verifiedUntil }) => (
                  <li key={code}>
                    {code} at {verified}
                    {verifiedUntil && (
                      <>
                        , until <Time value={verifiedUntil} />
                      </>
                    )}
                  </li>
                ))}
            </ul>
          </section>
        )}
        <ProblemNotice
          error={save.error}
          safe="What was saved before still holds; what you typed stays on this page."
        />
        {save.isSuccess && (
          <Notice tone="good" title="Saved" live>
            You are compared with needs by this from now on.
          </Notice>
        )}
        <Group>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
