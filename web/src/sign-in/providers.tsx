import { Button, Text } from '@mantine/core';
import { Notice } from '../ui/notice';
import { useProviders } from './queries';

/** Ways in through the labs' identity providers: links, for the browser itself goes there and comes back. */
export function Providers({ to }: { to: string }) {
  const providers = useProviders();
  // Whoever needs none of them is not held up by their absence.
  return providers.data?.map(({ lab, name }) => (
    <Button
      key={lab}
      component="a"
      variant="default"
      href={`/api/sign-in/oidc/${lab}?${new URLSearchParams({ to }).toString()}`}
    >
      Sign in with {name}
    </Button>
  ));
}

/** What became of a sign-in through a provider, by the names that the server puts into the address. */
const sentences: Record<string, string> = {
  expired:
    'The sign-in took longer than ten minutes, was begun in another tab or browser, or came back twice. Begin again.',
  declined: 'Your organisation’s sign-in says that you cancelled, or may not use Cofferdam. Ask who runs it.',
  'not-verified':
    'The answer of your organisation’s sign-in did not hold, so nobody was let in. Begin again; if it stays, tell whoever runs this node.',
  unavailable: 'Your organisation’s sign-in does not answer. Try again shortly, or sign in another way.',
  'other-domain': 'The lab takes verified addresses of its own domains alone. Use your account there.',
  'not-invited':
    'Nobody at the lab has this identity yet. Ask the lab for an enrolment link, and open it in this browser.',
  left: 'Your membership of the lab has ended. If it should not have, ask the lab for a new link.',
  'not-staff':
    'This way in is for the lab’s own people. Whoever works through a vendor, or at several labs, signs in with a passkey, or with password and code.',
  'link-spent': 'The enrolment link was used, was taken back or ran out. Ask the lab for a new one.',
  'name-taken': 'Somebody here took this name meanwhile. Open your link again and choose another.',
  'has-account': 'You have an account at this lab. Sign in; your link has not been used.',
};

export function ProviderProblem({ problem }: { problem: string | null }) {
  const sentence = problem !== null && Object.hasOwn(sentences, problem) ? sentences[problem] : undefined;
  return (
    sentence && (
      <Notice tone="stopped" title="You are not signed in" live>
        <Text>{sentence}</Text>
      </Notice>
    )
  );
}
