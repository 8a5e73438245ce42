import { Stack, Text } from '@mantine/core';
import { Sessions } from '../settings/sessions';
import { Id } from '../ui/copy';
import { Page } from '../ui/page';
import { useVendor, vendorRoleNames } from './at-vendor';

/** A person's own affairs at a vendor's node: where they are signed in. */
export default function OwnSessions() {
  const vendor = useVendor();
  return (
    <Page title="Your settings">
      <Stack gap="lg">
        <Text>
          You are {vendorRoleNames[vendor.role].toLowerCase()} at {vendor.slug}; its receipts call you{' '}
          <Id value={vendor.person} label="name in receipts" />.
        </Text>
        <Sessions />
      </Stack>
    </Page>
  );
}
