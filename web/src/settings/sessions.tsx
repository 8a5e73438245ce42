import { Button, Title } from '@mantine/core';
import type { OwnSession } from '../api/types';
import { useSignOut } from '../session/session';
import { DataTable, type Column } from '../ui/data-table';
import { Loading } from '../ui/loading';
import { ProblemNotice, State } from '../ui/notice';
import { Time } from '../ui/time';
import { useEndSession, useSessions } from './queries';

const kinds: Record<OwnSession['kind'] | 'oidc', string> = {
  passkey: 'a passkey',
  password: 'password and code',
  oidc: 'the lab’s sign-in',
  unknown: 'not known',
};

/** Where one is signed in. */
export function Sessions() {
  const sessions = useSessions();
  const end = useEndSession();
  const signOut = useSignOut();
  const columns: Column<OwnSession>[] = [
    { title: 'Signed in', value: (s) => s.createdAt, show: (s) => <Time value={s.createdAt} /> },
    { title: 'With', value: (s) => kinds[s.kind] },
    { title: 'Last seen', value: (s) => s.lastSeenAt, show: (s) => <Time value={s.lastSeenAt} /> },
    { title: 'Ends by itself', value: (s) => s.endsAt, show: (s) => <Time value={s.endsAt} /> },
    {
      title: 'Session',
      value: (s) => String(s.current),
      show: (s) => (
        <>
          {s.current && <State tone="good">this one</State>}{' '}
          <Button
            variant="default"
            loading={end.isPending && end.variables === s.id}
            onClick={() => (s.current ? void signOut() : end.mutate(s.id))}
          >
            {s.current ? 'Sign out here' : 'End'}
          </Button>
        </>
      ),
    },
  ];
  return (
    <section aria-labelledby="sessions">
      <Title order={2} id="sessions" mb="xs">
        Where you are signed in
      </Title>
      <ProblemNotice error={sessions.error ?? end.error} />
      {sessions.isPending && <Loading what="Looking for your sessions" />}
      {sessions.data && (
        <div className="panel">
          <DataTable caption="Sessions" rows={sessions.data} columns={columns} id={(s) => s.id} />
        </div>
      )}
    </section>
  );
}
