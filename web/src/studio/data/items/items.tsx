import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Batch, ItemRow, SlotState } from '../../../api/types';
import { DataTable, type Column } from '../../../ui/data-table';
import { EmptyState } from '../../../ui/empty-state';
import { count, counted } from '../../../ui/format';
import { Loading } from '../../../ui/loading';
import { ProblemNotice, State } from '../../../ui/notice';
import { useAddressFilter } from '../../address-filter';
import { useBatches } from '../../batches/queries';
import { useFacets, useImports } from '../queries';
import { ItemDrawer } from './item-drawer';
import { useItemCount, useItems, type ItemFilter } from './queries';

/** The states of a slot, as a list of items is narrowed to them. */
export const slotStates: Record<SlotState, string> = {
  open: 'open',
  leased: 'in hand',
  submitted: 'to review',
  accepted: 'accepted',
  returned: 'returned',
  escalated: 'passed on',
  cancelled: 'cancelled',
};

/** A state by its name in an address or a list; undefined for any other word. */
export const stateOf = (name: string | null) =>
  Object.keys(slotStates).find((state): state is SlotState => state === name);

/** Which items there are: ids, states and approved facets. Their content is opened one by one, and said so. */
export function Items({ lab, project }: { lab: string; project: string }) {
  const [search, set] = useAddressFilter();
  const filter = filterFrom(search);
  const found = useItems(lab, project, filter);
  const number = useItemCount(lab, project, filter);
  const batches = useBatches(lab, project).data ?? [];
  const [shown, setShown] = useState<string | null>(null);
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Stack gap="md">
      <Filters lab={lab} project={project} search={search} set={set} />
      <ProblemNotice error={found.error ?? number.error} retry={() => void found.refetch()} />
      {found.isPending && <Loading what="Looking at the items" />}
      {found.data && rows.length === 0 && (
        <EmptyState title={narrowed ? 'No item fits' : 'No items yet'}>
          {narrowed ? 'Take a filter away.' : 'Import a file of items, or images.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <Text role="status" mb="xs">
            {number.data
              ? `${number.data.exact ? '' : 'at least '}${counted(number.data.count, 'item')}`
              : ''}
          </Text>
          <DataTable
            caption="Items"
            filterable={false}
            rows={rows}
            columns={columns(batches)}
            id={(row) => row.id}
            open={(row) => setShown(row.id)}
          />
        </div>
      )}
      {found.hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more
          </Button>
          <Text c="dimmed">{count(rows.length)} shown</Text>
        </Group>
      )}
      {shown && <ItemDrawer lab={lab} project={project} item={shown} close={() => setShown(null)} />}
    </Stack>
  );
}

/** "1 open, 2 accepted". */
const inWords = (row: ItemRow) =>
  Object.entries(slotStates)
    .map(([state, word]) => [word, row.slots.filter((slot) => slot === state).length] as const)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
    .join(', ');

const columns = (batches: Batch[]): Column<ItemRow>[] => [
  { title: 'Item', value: (row) => row.id, show: (row) => `…${row.id.slice(-8)}` },
  {
    title: 'State',
    value: (row) => (row.batch ? inWords(row) : 'in no batch'),
    show: (row) => (row.batch ? inWords(row) : <State>In no batch</State>),
  },
  {
    title: 'Batch',
    value: (row) => nameOf(batches, row.batch),
    show: (row) => <bdi>{nameOf(batches, row.batch)}</bdi>,
  },
  {
    title: 'Facets',
    value: (row) => facetWords(row),
    show: (row) => <bdi>{facetWords(row)}</bdi>,
  },
  { title: 'Gold', value: (row) => (row.gold ? 'gold' : ''), show: (row) => row.gold && <State>Gold</State> },
];

/** A batch by its name, as lab staff know it; by its code where the vault opens no names. */
function nameOf(batches: Batch[], id: string | null | undefined): string {
  const batch = batches.find((one) => one.id === id);
  return batch ? (batch.name ?? batch.code) : '';
}

const facetWords = (row: ItemRow) =>
  Object.entries(row.facets ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

/** The filter that stands in the address. Nothing of an item's content can be in it. */
export function filterFrom(search: URLSearchParams): ItemFilter {
  const facet = search.get('facet');
  const value = search.get('value');
  return {
    state: stateOf(search.get('state')),
    batch: search.get('batch') ?? undefined,
    import: search.get('import') ?? undefined,
    facet: facet && value ? `${facet}:${value}` : undefined,
    gold: search.get('gold') === 'yes' ? true : undefined,
  };
}

function Filters({
  lab,
  project,
  search,
  set,
}: {
  lab: string;
  project: string;
  search: URLSearchParams;
  set: (name: string, value: string) => void;
}) {
  const batches = useBatches(lab, project).data ?? [];
  const imports = useImports(lab, project, false).data ?? [];
  const facets = useFacets(lab, project).data?.facets ?? [];
  const [value, setValue] = useState(search.get('value') ?? '');
  const choice = (label: string, name: string, any: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={search.get(name) ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      data={[{ value: '', label: any }, ...data]}
    />
  );
  return (
    <Group align="flex-end" gap="sm" role="search" aria-label="Filter items">
      {choice(
        'With a task that is',
        'state',
        'in any state',
        Object.entries(slotStates).map(([state, label]) => ({ value: state, label })),
      )}
      {choice(
        'Batch',
        'batch',
        'any or none',
        batches.map((batch) => ({ value: batch.id, label: batch.name ?? batch.code })),
      )}
      {choice(
        'Import',
        'import',
        'any',
        imports
          .filter((made) => made.imported > 0)
          .map((made) => ({ value: made.id, label: made.fileName ?? made.id.slice(-8) })),
      )}
      {facets.length > 0 &&
        choice(
          'Facet',
          'facet',
          'any',
          facets.map((facet) => ({ value: facet, label: facet })),
        )}
      {search.get('facet') && (
        <TextInput
          label="Value"
          w={140}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          onBlur={() => set('value', value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && set('value', value.trim())}
        />
      )}
      <Checkbox
        label="Gold only"
        mb={6}
        checked={search.get('gold') === 'yes'}
        onChange={(event) => set('gold', event.currentTarget.checked ? 'yes' : '')}
      />
    </Group>
  );
}
