import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { useSession } from '../session/session';
import { passkeysSupported } from '../session/webauthn';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PasskeyProblem } from '../ui/passkey-problem';
import { PublicShell } from '../ui/public-shell';
import { ProviderProblem, Providers } from './providers';
import { usePasskeySignIn, usePasswordSignIn } from './queries';

export function SignIn() {
  const session = useSession();
  const [search] = useSearchParams();
  const to = search.get('to');
  if (session.data) return <Navigate to={safePath(to)} replace />;
  return (
    <PublicShell>
      <Page title="Sign in" narrow>
        <Stack gap="md">
          {to && (
            <Text>
              You are not signed in, or your session has ended. After signing in you go on where you were;
              what you typed there is kept in this browser.
            </Text>
          )}
          <ProviderProblem problem={search.get('problem')} />
          {session.error && <ProblemNotice error={session.error} retry={() => void session.refetch()} />}
          <Passkey />
          <Providers to={safePath(to)} />
          <Divider label="or" />
          <Password />
          <Text c="dimmed">
            No account yet? Your lab sends you a single-use link; open it in this browser to enrol.
          </Text>
        </Stack>
      </Page>
    </PublicShell>
  );
}

/** Only a path of this site: a link in somebody's mail must not lead elsewhere after sign-in. */
export function safePath(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/';
}

function Passkey() {
  const signIn = usePasskeySignIn();
  if (!passkeysSupported()) {
    return <Text>This browser has no passkeys; use password and code.</Text>;
  }
  return (
    <Stack gap="xs">
      <PasskeyProblem error={signIn.error} />
      <Button onClick={() => signIn.mutate()} loading={signIn.isPending}>
        Sign in with a passkey
      </Button>
    </Stack>
  );
}

function Password() {
  const signIn = usePasswordSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ name, password, code });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <ProblemNotice error={signIn.error} />
        <TextInput
          label="Name"
          autoComplete="username"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label="Code from your authenticator app"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={signIn.isPending}>
          Sign in with password and code
        </Button>
      </Stack>
    </form>
  );
}
