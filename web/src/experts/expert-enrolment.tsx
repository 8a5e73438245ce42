import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { roleWord } from '../session/session';
import { passkeysSupported } from '../session/webauthn';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { PasskeyProblem } from '../ui/passkey-problem';
import { PublicShell } from '../ui/public-shell';
import { OtherBrowser, useExpertEnrolment, useGoToVendor, useStatementLook } from './queries';

/** What the vendor's page put behind `#`; taken out of the address bar, so that it stays in no history. */
function useFragment(): URLSearchParams {
  const [words] = useState(() => new URLSearchParams(location.hash.slice(1)));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname);
  }, []);
  return words;
}

/**
 * How a vendor's expert comes to the lab, once per device: the browser makes a key, the vendor states whose it is, the lab
 * enrols both. From then on the person signs in here, and this browser signs for what it opens.
 */
export default function ExpertEnrolment() {
  const words = useFragment();
  const statement = words.get('statement');
  const vendor = originOf(words.get('vendor'));
  const lab = words.get('lab');
  return (
    <PublicShell>
      <Page title="Enrol this browser" narrow>
        {statement ? (
          <Enrol statement={statement} />
        ) : vendor && lab ? (
          <Begin vendor={vendor} lab={lab} />
        ) : (
          <Notice tone="attention" title="This page is reached from your vendor's">
            Sign in at your vendor, open the engagement there, and choose to enrol at the lab. If you did,
            start again from there: the way here was cut short.
          </Notice>
        )}
      </Page>
    </PublicShell>
  );
}

function Begin({ vendor, lab }: { vendor: string; lab: string }) {
  const go = useGoToVendor();
  return (
    <Stack gap="md">
      <Text>
        You come to the lab <strong>{lab}</strong> from <strong>{new URL(vendor).host}</strong>. This browser
        makes a key of its own that cannot leave it. Your vendor then states that it is yours, and sends you
        back here.
      </Text>
      <Text c="dimmed">
        Each browser or device that you work with is enrolled once. Do it on your own device.
      </Text>
      <ProblemNotice error={go.error} />
      <Button onClick={() => go.mutate({ vendor, lab })} loading={go.isPending || go.isSuccess}>
        Make the key and go back to {new URL(vendor).host}
      </Button>
    </Stack>
  );
}

function Enrol({ statement }: { statement: string }) {
  const look = useStatementLook(statement);
  const enrol = useExpertEnrolment(statement);
  if (enrol.data) return <Navigate to={`/labs/${enrol.data.lab}/work`} replace />;
  if (look.error) return <ProblemNotice error={look.error} retry={() => void look.refetch()} />;
  if (!look.data) return <Loading what="Asking the lab" />;
  return (
    <Stack gap="md">
      <Text>
        The lab <strong>{look.data.lab}</strong> lets you in as <strong>{roleWord(look.data.role)}</strong>,
        under the name <strong>{look.data.name}</strong>, which says nothing of who you are.
      </Text>
      <Text>
        Create a passkey to sign in with. What you open at the lab from now on is signed by this browser, so
        that nobody can open anything in your name.
      </Text>
      {enrol.error instanceof OtherBrowser ? (
        <Notice tone="attention" title="This is another browser than the one you began in" live>
          The statement names a key that this browser does not have. Go on where you began, or start again
          from your vendor's page in this browser.
        </Notice>
      ) : (
        <PasskeyProblem error={enrol.error} />
      )}
      {passkeysSupported() ? (
        <Button onClick={() => enrol.mutate()} loading={enrol.isPending}>
          Create a passkey and enrol
        </Button>
      ) : (
        <Notice tone="attention" title="This browser has no passkeys">
          The lab lets experts in with a passkey alone. Use a browser or device that has them.
        </Notice>
      )}
    </Stack>
  );
}

/** The origin of an http(s) address; null of anything else. */
export function originOf(address: string | null): string | null {
  try {
    const url = new URL(address ?? '');
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null;
  } catch {
    return null;
  }
}
