import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../ui/notice';
import { useSignOut } from './session';

/** Ends this session, and what this browser kept of it. */
export function SignOut() {
  const signOut = useMutation({ mutationFn: useSignOut() });
  return (
    <>
      <Button variant="subtle" onClick={() => signOut.mutate()} loading={signOut.isPending}>
        Sign out
      </Button>
      {signOut.error && <ProblemNotice error={signOut.error} />}
    </>
  );
}
