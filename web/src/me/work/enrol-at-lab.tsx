import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { post, useAct, useAt } from '../../vendor/asking';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import type { EnrolmentStatement, MyPlacement } from '../types';
import { asked, isAt, type Asked } from './asked';
import { Missing } from './offer';

/**
 * A lab's page has sent its expert here for the vendor's word: it is asked for once, and brought back in the fragment,
 * which no server sees.
 * @param leave Goes to another address.
 */
export default function EnrolAtLab({
  leave = (to: string) => location.assign(to),
}: {
  leave?: (to: string) => void;
}) {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [request] = useState(() => asked(hash));
  useEffect(() => {
    // It stays in no history, so that nobody who goes back sends it again.
    if (hash) void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  return (
    <Page title="Enrol at a lab" narrow>
      {request ? (
        <Choice request={request} leave={leave} />
      ) : (
        <Notice tone="attention" title="This page is opened by a lab’s page">
          <Text>
            Go to <Link to="/me/work">your work</Link> and choose “Work at the lab”: the lab sends you here
            when it needs this node’s word.
          </Text>
        </Notice>
      )}
    </Page>
  );
}

function Choice({ request, leave }: { request: Asked; leave: (to: string) => void }) {
  const placements = useAt<MyPlacement[]>('/api/me/placements');
  const vouch = useAct((placement: string) =>
    post<EnrolmentStatement>(`/api/me/placements/${placement}/statement`, {
      jkt: request.jkt,
      back: request.back,
    }),
  );
  const fitting = (placements.data ?? []).filter((one) => one.endedAt === null && isAt(one, request));
  const [chosen, setChosen] = useState<string | null>(null);
  const placement = fitting.find(({ id }) => id === chosen) ?? fitting[0];
  if (placements.isPending) return <Loading what="Looking where you work" />;
  if (placements.error)
    return <ProblemNotice error={placements.error} retry={() => void placements.refetch()} />;
  if (!placement)
    return (
      <Notice tone="stopped" title="You do not work for this lab" live>
        <Text>
          The page that sent you here is at {new URL(request.back).origin} and calls itself {request.lab}. No
          placement of yours is there, so nothing is sent to it. If you came by a link in a message, somebody
          may have tried to get into a lab in your name: tell your vendor.
        </Text>
      </Notice>
    );
  const send = () =>
    vouch.mutate(placement.id, {
      onSuccess: ({ statement, back }) => leave(`${back}#statement=${encodeURIComponent(statement)}`),
    });
  return (
    <Stack gap="sm">
      <Text>
        <strong>{placement.lab}</strong> at <strong>{placement.labAddress}</strong> asks this node to vouch
        for you and for the browser that you use now.
      </Text>
      {fitting.length > 1 && (
        <Radio.Group label="For which work" value={placement.id} onChange={setChosen}>
          <Stack gap={4} mt={4}>
            {fitting.map((one) => (
              <Radio key={one.id} value={one.id} label={one.codeName ?? 'Work'} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <ul>
        <li>
          The lab is told that you may work on this engagement, and which skills, tests and agreements were
          checked. Not your name, your address or your pay.
        </li>
        <li>
          From then on you sign in at the lab itself, with a passkey, in this browser. A new device is
          enrolled anew.
        </li>
        <li>Only do this if you have just opened the lab’s page yourself.</li>
      </ul>
      {placement.missing.length > 0 && <Missing missing={placement.missing} />}
      <ProblemNotice error={vouch.error} safe="Nothing was sent to the lab." />
      <Group>
        <Button
          loading={vouch.isPending || vouch.isSuccess}
          disabled={placement.missing.length > 0}
          onClick={send}
        >
          Enrol this browser at {placement.lab}
        </Button>
        <Button component={Link} to="/me/work" variant="default">
          Do not
        </Button>
      </Group>
    </Stack>
  );
}
