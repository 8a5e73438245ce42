import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { askPlain } from '../../api/client';
import { useVendor, vendorRoleNames, type VendorRole } from '../../vendor/at-vendor';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { Person } from '../types';
import { Invite } from './invite';

const PAGE = 200;

/** People of the vendor by their handles; names and contacts are sealed, each under the person's own key. */
export default function People() {
  const vendor = useVendor();
  const navigate = useNavigate();
  const [role, setRole] = useState<VendorRole>('expert');
  const [inviting, setInviting] = useState(false);
  const people = useInfiniteQuery({
    queryKey: ['vendor', 'people', role],
    queryFn: ({ pageParam }) =>
      askPlain<Person[]>('GET', `/api/desk/people?role=${role}${pageParam ? `&after=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)!.person : undefined),
  });
  const rows = people.data?.pages.flat() ?? [];
  return (
    <Page title="People" aside={<Button onClick={() => setInviting(true)}>Invite somebody</Button>}>
      <Stack gap="sm">
        <Group align="flex-end">
          <NativeSelect
            label="Role"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as VendorRole)}
            data={Object.entries(vendorRoleNames).map(([value, label]) => ({ value, label }))}
          />
          <Text c="dimmed" mb={4}>
            This list opens nothing. To find people by what they can do, go by a need.
          </Text>
        </Group>
        <ProblemNotice error={people.error} retry={() => void people.refetch()} />
        {people.isPending && <Loading what="Looking who is here" />}
        {people.data && rows.length === 0 && (
          <EmptyState title="Nobody yet">
            Invite somebody with a link, or open a listing under Vetting, to which people apply by themselves.
          </EmptyState>
        )}
        {rows.length > 0 && (
          <div className="panel">
            <DataTable
              caption="People"
              rows={rows}
              columns={columns}
              id={({ person }) => person}
              open={role === 'expert' ? ({ person }) => void navigate(`/desk/people/${person}`) : undefined}
            />
            {people.hasNextPage && (
              <Button
                variant="default"
                mt="xs"
                loading={people.isFetchingNextPage}
                onClick={() => void people.fetchNextPage()}
              >
                Load the next {PAGE}
              </Button>
            )}
          </div>
        )}
      </Stack>
      {inviting && <Invite owner={vendor.role === 'owner'} close={() => setInviting(false)} />}
    </Page>
  );
}

const columns: Column<Person>[] = [
  { title: 'Handle', value: ({ name }) => name },
  { title: 'Role', value: ({ role }) => vendorRoleNames[role] },
  { title: 'Joined', value: ({ joined }) => joined, show: ({ joined }) => <Time value={joined} /> },
  {
    title: 'State',
    value: ({ left }) => (left ? 'left' : 'here'),
    filter: true,
  },
];
