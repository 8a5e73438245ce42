import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { namesOf } from '../batches/batches';
import { useBatches } from '../batches/queries';
import { DrawDialog } from './draw-dialog';
import { useAcceptances } from './queries';
import { Round } from './round';
import { RoundsTable } from './rounds-table';

/** Acceptance: a batch is judged as a whole, on a sample that nobody can foresee. */
export default function AcceptanceTab({ lab, project }: { lab: string; project: string }) {
  const acceptances = useAcceptances(lab, project);
  const batches = useBatches(lab, project);
  const [search, setSearch] = useSearchParams();
  const [wanted, setWanted] = useState('');
  const [drawing, setDrawing] = useState(false);
  const names = namesOf(batches.data ?? []);
  const shown = acceptances.data?.find(({ id }) => id === search.get('round'));
  if (shown)
    return (
      <Round
        key={shown.id}
        lab={lab}
        project={project}
        round={shown}
        name={names.get(shown.batch) ?? 'batch'}
        back={() => setSearch({})}
      />
    );
  const judged = new Set(
    acceptances.data?.filter(({ state }) => state === 'drawn').map(({ batch }) => batch),
  );
  const free = (batches.data ?? []).filter(({ id, state }) => state !== 'cancelled' && !judged.has(id));
  const chosen = free.find(({ id }) => id === wanted) ?? free[0];
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Title order={2}>Acceptance</Title>
        {chosen && (
          <Group align="flex-end" gap="xs">
            <NativeSelect
              label="Batch"
              value={chosen.id}
              onChange={(event) => setWanted(event.currentTarget.value)}
              data={free.map(({ id, name, code }) => ({ value: id, label: name ?? code }))}
            />
            <Button onClick={() => setDrawing(true)}>Draw a sample…</Button>
          </Group>
        )}
      </Group>
      <ProblemNotice error={acceptances.error ?? batches.error} retry={() => void acceptances.refetch()} />
      {acceptances.isPending && <Loading what="Looking at the rounds" />}
      {acceptances.data?.length === 0 && (
        <EmptyState title="No batch was judged yet">
          Once all answers of a batch are in and reviewed, draw a sample of it, judge that answer by answer,
          and decide on the batch.
        </EmptyState>
      )}
      {acceptances.data && acceptances.data.length > 0 && (
        <div className="panel">
          <RoundsTable rows={acceptances.data} names={names} open={({ id }) => setSearch({ round: id })} />
        </div>
      )}
      {drawing && chosen && (
        <DrawDialog
          lab={lab}
          project={project}
          batch={chosen.id}
          name={chosen.name ?? chosen.code}
          drawn={({ id }) => {
            setDrawing(false);
            setSearch({ round: id });
          }}
          close={() => setDrawing(false)}
        />
      )}
    </Stack>
  );
}
