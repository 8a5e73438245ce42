import { Button, Text } from '@mantine/core';
import type { Token } from '../api/types';
import { DataTable, type Column } from '../ui/data-table';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Time } from '../ui/time';
import { useRevokeToken, useTokens } from './queries';

/** One person's tokens that still work, each with a way to end it at once. */
export function TokenList({ lab, owner }: { lab: string; owner: string }) {
  const tokens = useTokens(lab);
  const revoke = useRevokeToken(lab);
  const columns: Column<Token>[] = [
    { title: 'Name', value: (t) => t.name },
    { title: 'May', value: (t) => t.scopes.join(', ') },
    { title: 'Made', value: (t) => t.createdAt, show: (t) => <Time value={t.createdAt} /> },
    {
      title: 'Last used',
      value: (t) => t.lastUsedAt ?? '',
      show: (t) => (t.lastUsedAt ? <Time value={t.lastUsedAt} /> : 'never'),
    },
    { title: 'Ends', value: (t) => t.expiresAt, show: (t) => <Time value={t.expiresAt} /> },
    {
      title: 'Token',
      value: () => '',
      show: (t) => (
        <Button
          variant="default"
          loading={revoke.isPending && revoke.variables === t.id}
          onClick={() => revoke.mutate(t.id)}
        >
          End now<span className="visually-hidden">: {t.name}</span>
        </Button>
      ),
    },
  ];
  const rows = tokens.data?.filter((token) => token.owner === owner);
  return (
    <>
      <ProblemNotice error={tokens.error ?? revoke.error} />
      {tokens.isPending && <Loading what="Looking for tokens" />}
      {rows?.length === 0 && <Text c="dimmed">None.</Text>}
      {rows && rows.length > 0 && (
        <DataTable caption="API tokens" rows={rows} columns={columns} id={(t) => t.id} />
      )}
    </>
  );
}
