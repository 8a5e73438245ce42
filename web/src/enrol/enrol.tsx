import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Navigate } from 'react-router';
import { roleWord } from '../session/session';
import { passkeysSupported } from '../session/webauthn';
import { CopyText } from '../ui/copy';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PasskeyProblem } from '../ui/passkey-problem';
import { PublicShell } from '../ui/public-shell';
import { Time } from '../ui/time';
import {
  useEnrolmentLook,
  usePasskeyEnrolment,
  usePasswordEnrolment,
  useProviderEnrolment,
  useTotpStart,
} from './queries';

/** Takes the single-use token out of the address bar, so that it stays in no history and on no screenshot. */
function useToken(): string | null {
  const [token] = useState(() => (location.hash.length > 1 ? location.hash.slice(1) : null));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname);
  }, []);
  return token;
}

export function Enrol() {
  const token = useToken();
  const look = useEnrolmentLook(token);
  return (
    <PublicShell>
      <Page title="Enrol" narrow>
        {token === null ? (
          <Notice tone="attention" title="This page needs an enrolment link">
            Open the link you were sent once more, whole, in this browser. If it does not work, ask the lab
            for a new one.
          </Notice>
        ) : look.error ? (
          <ProblemNotice error={look.error} retry={() => void look.refetch()} />
        ) : look.data ? (
          <Stack gap="md">
            <Text>
              You are invited to <strong>{look.data.from}</strong> as{' '}
              <strong>{roleWord(look.data.role)}</strong>. The link works once, and ends{' '}
              <Time value={look.data.expires} />.
            </Text>
            <Ways token={token} lab={look.data.from} provider={look.data.provider ?? null} />
          </Stack>
        ) : (
          <Loading what="Looking at the link" />
        )}
      </Page>
    </PublicShell>
  );
}

function Ways({ token, lab, provider }: { token: string; lab: string; provider: string | null }) {
  const [name, setName] = useState('');
  const passkey = usePasskeyEnrolment(token);
  const totp = useTotpStart(token);
  const through = useProviderEnrolment(token, lab);
  if (passkey.isSuccess) return <Navigate to="/" replace />;
  const start = (event: FormEvent) => {
    event.preventDefault();
    passkey.mutate(name);
  };
  return (
    <>
      <form onSubmit={start}>
        <Stack gap="xs">
          <TextInput
            label="Name"
            description="What you sign in with, and what the lab sees. Other experts do not see it. 2 to 40 letters (a to z), digits, dots, dashes or underscores."
            autoComplete="username"
            required
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasskeyProblem error={passkey.error} />
          {passkeysSupported() && (
            <Button type="submit" loading={passkey.isPending}>
              Create a passkey
            </Button>
          )}
          <ProblemNotice error={through.error} />
          {provider !== null && (
            <Button
              variant="default"
              loading={through.isPending || through.isSuccess}
              disabled={name.trim() === ''}
              onClick={() => through.mutate(name)}
            >
              Enrol with {provider}
            </Button>
          )}
        </Stack>
      </form>
      <Divider label="or" />
      {totp.data ? (
        <WithPassword token={token} name={name} start={totp.data} />
      ) : (
        <Stack gap="xs">
          <ProblemNotice error={totp.error} />
          <Text c="dimmed">
            No passkey on this device? A password with a code from an authenticator app also does.
          </Text>
          <Button
            variant="default"
            loading={totp.isPending}
            disabled={name.trim() === ''}
            onClick={() => totp.mutate(name)}
          >
            Use a password and codes
          </Button>
        </Stack>
      )}
    </>
  );
}

function WithPassword({
  token,
  name,
  start,
}: {
  token: string;
  name: string;
  start: { secret: string; uri: string; state: string };
}) {
  const enrol = usePasswordEnrolment(token);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  if (enrol.isSuccess) return <Navigate to="/" replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enrol.mutate({ name, password, code, state: start.state });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text component="h2" fw={600} m={0}>
          Authenticator app
        </Text>
        <Text>
          Add this key to your authenticator app, or{' '}
          <Anchor href={start.uri}>open the app on this device</Anchor>.
        </Text>
        <CopyText value={start.secret} label="authenticator key" />
        <PasswordInput
          label="Password"
          description="At least 12 characters."
          autoComplete="new-password"
          minLength={12}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label="Code that the app shows now"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemNotice error={enrol.error} />
        <Button type="submit" loading={enrol.isPending}>
          Enrol with password and code
        </Button>
      </Stack>
    </form>
  );
}
