import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useHere } from '../../session/membership';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useBrowserKeys, useEnrolThisBrowser, useOwnKey } from './queries';

/** A key of one's own in this browser, for the lab's staff. */
export function Signing() {
  const { membership } = useHere();
  const lab = membership.slug;
  const keys = useBrowserKeys(lab);
  const mine = keys.data?.filter((key) => key.person === membership.pseudonym && key.revokedAt === null);
  const here = useOwnKey(mine ?? []);
  const enrol = useEnrolThisBrowser(lab);
  return (
    <section aria-labelledby="signing">
      <Title order={2} id="signing" mb="xs">
        Sign what you do with this browser
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text>
          This browser makes a key that it never gives out. From then on whatever you open, and each act that
          decides over access, carries your own signature: receipts say so, and a server that was broken into
          opens nothing in your name. You then work at {lab} only in browsers that are enrolled for you.
        </Text>
        <ProblemNotice error={keys.error ?? enrol.error} />
        {(keys.isPending || here.isPending) && <Loading what="Looking for your keys" />}
        {here.data && !here.data.waiting && (
          <State tone="good">
            This browser signs, since <Time value={here.data.since} />
          </State>
        )}
        {here.data?.waiting && (
          <Notice tone="attention" title="Waiting for a colleague">
            An owner of the lab whose own key is enrolled signs for yours, under Security, Keys. Come back to
            this page afterwards.
          </Notice>
        )}
        {here.data === null && (
          <>
            {(mine ?? []).length > 0 && (
              <Notice tone="attention" title="This browser is not enrolled for you">
                Your key is in another browser. Use that one, or enrol this one as well.
              </Notice>
            )}
            <Group>
              <Button variant="default" loading={enrol.isPending} onClick={() => enrol.mutate(undefined)}>
                Enrol this browser
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
}
