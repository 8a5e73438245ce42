import { Stack, Text } from '@mantine/core';
import { useHere } from '../session/membership';
import { isAuditor, isStaff, roleNames } from '../session/session';
import { Id } from '../ui/copy';
import { Page } from '../ui/page';
import { Mail } from './mail';
import { Sessions } from './sessions';
import { Signing } from './signing/signing';
import { Tokens } from './tokens';

/** A person's own affairs at this node: sessions, tokens, notices. */
export default function Settings() {
  const { session, membership } = useHere();
  return (
    <Page title="Your settings">
      <Stack gap="lg">
        <Text>
          You are {session.account.name}, {roleNames[membership.role].toLowerCase()} at {membership.slug};
          receipts there call you <Id value={membership.pseudonym} label="pseudonym" />.
        </Text>
        <Sessions />
        {isStaff(membership) && <Signing />}
        {/* Whoever annotates has no tokens: a program is not who the lab asked. */}
        {(isStaff(membership) || isAuditor(membership)) && <Tokens />}
        <Mail />
      </Stack>
    </Page>
  );
}
