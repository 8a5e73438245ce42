import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { post, useAct, useAt } from '../../vendor/asking';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import { SafeMarkdown } from '../../workroom/markdown';

interface Agreement {
  code: string;
  title: string;
  kind: string;
  version: number;
  text: string;
  sha256: string;
  signedVersion: number | null;
  signedAt: string | null;
}

interface Training {
  code: string;
  title: string;
  text: string;
  goodForDays: number;
  doneAt: string | null;
  goodUntil: string | null;
}

/** Agreements to be read and signed, and training to be kept in date. */
export default function Agreements() {
  const agreements = useAt<Agreement[]>('/api/me/agreements');
  const training = useAt<Training[]>('/api/me/training');
  return (
    <Page title="Agreements">
      <Stack gap="lg">
        <ProblemNotice error={agreements.error ?? training.error} retry={() => void agreements.refetch()} />
        {agreements.isPending && <Loading what="Looking what there is to sign" />}
        {agreements.data?.length === 0 && (
          <EmptyState title="Nothing to sign">Agreements that work asks for come here.</EmptyState>
        )}
        {(agreements.data ?? []).map((agreement) => (
          <One key={`${agreement.code} ${agreement.version}`} agreement={agreement} />
        ))}
        {training.data && training.data.length > 0 && (
          <section aria-labelledby="training">
            <Title order={2} id="training" mb="xs">
              Training
            </Title>
            <Stack gap="sm">
              {training.data.map((module) => (
                <Module key={module.code} module={module} />
              ))}
            </Stack>
          </section>
        )}
      </Stack>
    </Page>
  );
}

function One({ agreement }: { agreement: Agreement }) {
  const signed = agreement.signedVersion === agreement.version;
  const [name, setName] = useState('');
  const sign = useAct(() =>
    post(`/api/me/agreements/${agreement.code}/signature`, {
      version: agreement.version,
      sha256: agreement.sha256,
      name: name.trim(),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sign.mutate(undefined);
  };
  return (
    <article className="panel" aria-label={agreement.title}>
      <Group justify="space-between">
        <Title order={2}>
          {agreement.title}, version {agreement.version}
        </Title>
        {signed ? (
          <State tone="good">
            Signed <Time value={agreement.signedAt!} />
          </State>
        ) : agreement.signedVersion !== null ? (
          <State tone="attention">You signed version {agreement.signedVersion}; this one is new</State>
        ) : (
          <State tone="attention">Not signed</State>
        )}
      </Group>
      <details open={!signed}>
        <summary>Read it</summary>
        <SafeMarkdown text={agreement.text} />
      </details>
      <Text c="dimmed" className="mono">
        SHA-256 {agreement.sha256}
      </Text>
      {!signed && (
        <form onSubmit={submit}>
          <Group align="flex-end" mt="xs">
            <TextInput
              label="Your name, as you sign"
              description="Sealed under your own key, with the text’s hash."
              autoComplete="name"
              required
              withAsterisk={false}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={sign.isPending}>
              Sign version {agreement.version}
            </Button>
          </Group>
          <ProblemNotice error={sign.error} safe="Nothing was signed." />
        </form>
      )}
    </article>
  );
}

function Module({ module }: { module: Training }) {
  const done = useAct(() => post(`/api/me/training/${module.code}/done`));
  const [now] = useState(Date.now);
  const good = module.goodUntil !== null && Date.parse(module.goodUntil) > now;
  return (
    <article className="panel" aria-label={module.title}>
      <Group justify="space-between">
        <Title order={3}>{module.title}</Title>
        {good ? (
          <State tone="good">
            Good until <Time value={module.goodUntil!} />
          </State>
        ) : (
          <State tone="attention">{module.doneAt ? 'Ran out' : 'Not done'}</State>
        )}
      </Group>
      <details open={!good}>
        <summary>Read it</summary>
        <SafeMarkdown text={module.text} />
      </details>
      <Group mt="xs">
        <Button variant="default" loading={done.isPending} onClick={() => done.mutate(undefined)}>
          I have read it<span className="visually-hidden">: {module.title}</span>
        </Button>
        <Text c="dimmed">It is good for {module.goodForDays} days from then.</Text>
      </Group>
      <ProblemNotice error={done.error} />
    </article>
  );
}
