import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Batch } from '../../api/types';
import { ProblemNotice } from '../../ui/notice';
import { DrawDialog } from './draw-dialog';
import { useAcceptances } from './queries';
import { RoundsTable } from './rounds-table';

/** The rounds in which one batch was judged, and the next one. */
export function AcceptanceOfBatch({ lab, project, batch }: { lab: string; project: string; batch: Batch }) {
  const acceptances = useAcceptances(lab, project);
  const go = useNavigate();
  const [drawing, setDrawing] = useState(false);
  const rounds = (acceptances.data ?? []).filter((round) => round.batch === batch.id);
  const show = (id: string) => void go(`/labs/${lab}/studio/${project}/acceptance?round=${id}`);
  return (
    <section className="panel" aria-labelledby="acceptance-of-batch">
      <Group justify="space-between" mb="xs">
        <Title order={3} id="acceptance-of-batch">
          Acceptance
        </Title>
        {!rounds.some(({ state }) => state === 'drawn') && (
          <Button variant="default" onClick={() => setDrawing(true)}>
            Draw a sample…
          </Button>
        )}
      </Group>
      <ProblemNotice error={acceptances.error} />
      {acceptances.data && rounds.length === 0 && (
        <Text c="dimmed">
          The batch has not been judged. It is, on a sample, once all its answers are in.
        </Text>
      )}
      {rounds.length > 0 && <RoundsTable rows={rounds} open={({ id }) => show(id)} />}
      {drawing && (
        <DrawDialog
          lab={lab}
          project={project}
          batch={batch.id}
          name={batch.name ?? batch.code}
          drawn={({ id }) => show(id)}
          close={() => setDrawing(false)}
        />
      )}
    </section>
  );
}
