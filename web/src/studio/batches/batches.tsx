import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Batch, BatchFigures } from '../../api/types';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count, money } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useFigures } from '../figures/queries';
import { StuckNotice } from '../figures/stuck';
import { Operations } from '../operations/operations';
import { BatchDetail } from './batch-detail';
import { OpenBatch } from './open-batch';
import { useBatches } from './queries';
import { batchStates, priorityWord } from './words';

/** The project's batches: opening one makes tasks of items, under fixed versions of guidelines and form. */
export default function Batches({ lab, project }: { lab: string; project: string }) {
  const staff = isStaff(useHere().membership);
  const batches = useBatches(lab, project);
  const figures = useFigures(lab, project).data;
  const [search, setSearch] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const [made, setMade] = useState<Batch | null>(null);
  const show = (batch: string | null) => setSearch(batch ? { batch } : {});
  const shown = batches.data?.find(({ id }) => id === search.get('batch'));
  if (shown)
    return (
      <BatchDetail
        lab={lab}
        project={project}
        batch={shown}
        figures={figures?.batches.find(({ id }) => id === shown.id)}
        stuck={figures?.stuck.find(({ batch }) => batch === shown.id)}
        back={() => show(null)}
      />
    );
  if (opening)
    return (
      <OpenBatch
        lab={lab}
        project={project}
        opened={(batch) => {
          setMade(batch);
          setOpening(false);
        }}
        close={() => setOpening(false)}
      />
    );
  return (
    <Stack gap="lg">
      <section aria-labelledby="batches">
        <Group justify="space-between" mb="xs">
          <Title order={2} id="batches">
            Batches
          </Title>
          {staff && <Button onClick={() => setOpening(true)}>Open a batch…</Button>}
        </Group>
        <Stack gap="sm">
          {made && (
            <Notice tone="good" title={`Batch ${made.code} is open with ${count(made.items)} items`} live>
              Experts can take its tasks now.
            </Notice>
          )}
          <StuckNotice stuck={figures?.stuck ?? []} names={namesOf(batches.data ?? [])} />
          <ProblemNotice error={batches.error} retry={() => void batches.refetch()} />
          {batches.isPending && <Loading what="Looking at the batches" />}
          {batches.data?.length === 0 && (
            <EmptyState title="No batch yet">
              Items wait until a batch is opened. It takes a form and at least one item; publish guidelines
              first where there are any.
            </EmptyState>
          )}
          {batches.data && batches.data.length > 0 && (
            <div className="panel">
              <DataTable
                caption="Batches"
                rows={batches.data}
                columns={columns(figures?.batches ?? [])}
                id={(batch) => batch.id}
                open={(batch) => show(batch.id)}
              />
            </div>
          )}
        </Stack>
      </section>
      <Operations lab={lab} project={project} batches={batches.data ?? []} />
    </Stack>
  );
}

export const namesOf = (batches: Batch[]) => new Map(batches.map(({ id, name, code }) => [id, name ?? code]));

function columns(figures: BatchFigures[]): Column<Batch>[] {
  const of = ({ id }: Batch) => figures.find((one) => one.id === id);
  return [
    { title: 'Batch', value: (b) => b.name ?? b.code },
    { title: 'Experts see', value: (b) => b.code },
    {
      title: 'State',
      value: (b) => batchStates[b.state].word,
      filter: true,
      show: (b) => <State tone={batchStates[b.state].tone}>{batchStates[b.state].word}</State>,
    },
    { title: 'Priority', value: (b) => b.priority, show: (b) => priorityWord(b.priority), numeric: true },
    {
      title: 'Deadline',
      value: (b) => b.deadline ?? '',
      show: (b) => (b.deadline ? <Deadline at={b.deadline} done={b.state === 'closed'} /> : 'none'),
    },
    { title: 'Items', value: (b) => b.items, show: (b) => count(b.items), numeric: true },
    {
      title: 'Accepted',
      value: (b) => shareDone(of(b)) ?? -1,
      show: (b) => <Done figures={of(b)} />,
      numeric: true,
    },
    { title: 'Cost', value: (b) => of(b)?.spent ?? -1, show: (b) => costWords(b, of(b)), numeric: true },
  ];
}

function Deadline({ at, done }: { at: string; done: boolean }) {
  const late = !done && new Date(at).getTime() < Date.now();
  return late ? (
    <State tone="attention">
      passed <Time value={at} />
    </State>
  ) : (
    <Time value={at} />
  );
}

function Done({ figures }: { figures: BatchFigures | undefined }) {
  const share = shareDone(figures);
  if (!figures || share === null) return '–';
  return (
    <>
      {(share * 100).toFixed(0)} % <progress value={share} max={1} aria-hidden="true" />
    </>
  );
}

/** Accepted answers of those wanted. */
function shareDone(figures: BatchFigures | undefined): number | null {
  if (!figures) return null;
  const { open, leased, submitted, accepted, returned, escalated } = figures;
  const wanted = open + leased + submitted + accepted + returned + escalated;
  return wanted === 0 ? null : accepted / wanted;
}

/** What was spent, against the cap where there is one. */
export function costWords(batch: Batch, figures: BatchFigures | undefined): string {
  if (batch.price === null) return 'not priced';
  const spent = money(figures?.spent ?? 0, batch.currency);
  return batch.priceCap === null ? spent : `${spent} of ${money(batch.priceCap, batch.currency)}`;
}
