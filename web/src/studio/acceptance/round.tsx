import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Acceptance } from '../../api/types';
import { Id } from '../../ui/copy';
import { DataTable } from '../../ui/data-table';
import { count } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { IntervalChart } from '../figures/interval-chart';
import { DecideDialog } from './decide-dialog';
import { useDefects } from './queries';
import { acceptanceStates, estimateWords } from './words';

/** One round: how far it is judged, what that says of the batch, and the decision. */
export function Round({
  lab,
  project,
  round,
  name,
  back,
}: {
  lab: string;
  project: string;
  round: Acceptance;
  name: string;
  back: () => void;
}) {
  const [deciding, setDeciding] = useState(false);
  const { word, tone } = acceptanceStates[round.state];
  const judging = round.state === 'drawn';
  const left = round.sample - round.judged;
  return (
    <Stack gap="md">
      <Group>
        <Button variant="default" onClick={back}>
          All rounds
        </Button>
        <Title order={2}>
          {name}, round {round.number}
        </Title>
        <State tone={tone}>{word}</State>
      </Group>
      <section className="panel" aria-label="What the sample says">
        <Stack gap="xs">
          <Text>
            {count(round.judged)} of {count(round.sample)} answers judged, drawn{' '}
            <Time value={round.drawnAt} /> by <Id value={round.drawnBy} label="pseudonym" /> from{' '}
            {count(round.population)} that were accepted.
          </Text>
          <Progress value={(round.judged / round.sample) * 100} aria-label="Answers judged" />
          <Text>{estimateWords(round)}</Text>
          {round.rate && (
            <IntervalChart
              rows={[{ id: round.id, label: 'Defects', of: round.judged, ...round.rate }]}
              what="Share of defects in the batch"
            />
          )}
          {judging && (
            <Group>
              {left > 0 && (
                <Button component={Link} to={`/labs/${lab}/review/${project}/acceptances/${round.id}`}>
                  Judge answers
                </Button>
              )}
              <Button variant={left > 0 ? 'default' : 'filled'} onClick={() => setDeciding(true)}>
                Decide…
              </Button>
            </Group>
          )}
          {round.decidedAt && (
            <Text>
              Decided <Time value={round.decidedAt} />
              {round.decidedBy && (
                <>
                  {' '}
                  by <Id value={round.decidedBy} label="pseudonym" />
                </>
              )}
              .
            </Text>
          )}
          {!judging && !round.settled && (
            <Notice tone="attention" title="Answers are being given back">
              The next round can be drawn once that is done and the work is redone.
            </Notice>
          )}
        </Stack>
      </section>
      <Defects lab={lab} project={project} round={round} />
      {deciding && (
        <DecideDialog
          lab={lab}
          project={project}
          round={round}
          name={name}
          close={() => setDeciding(false)}
        />
      )}
    </Stack>
  );
}

/** What the judges found, in their words. */
function Defects({ lab, project, round }: { lab: string; project: string; round: Acceptance }) {
  const [wanted, setWanted] = useState(false);
  const found = useDefects(lab, project, round.id, wanted);
  if (round.defects === 0 && !round.decidedAt) return null;
  if (!wanted)
    return (
      <Group>
        <Button variant="default" onClick={() => setWanted(true)}>
          Read what was found and said
        </Button>
        <Text c="dimmed">It is opened with a receipt.</Text>
      </Group>
    );
  if (!found.data)
    return found.error ? <ProblemNotice error={found.error} /> : <Loading what="Opening what was found" />;
  return (
    <section className="panel" aria-labelledby="defects">
      <Title order={3} id="defects" mb="xs">
        Defects
      </Title>
      {found.data.reason && (
        <Notice title="The words for the decision">
          <div className="plain" dir="auto">
            {found.data.reason}
          </div>
        </Notice>
      )}
      {found.data.found.length === 0 ? (
        <Text c="dimmed">None.</Text>
      ) : (
        <DataTable
          caption="Defects"
          rows={found.data.found}
          id={(defect) => defect.slot}
          columns={[
            {
              title: 'Answer by',
              value: (d) => d.annotator ?? '',
              show: (d) => d.annotator && <Id value={d.annotator} label="pseudonym" />,
            },
            {
              title: 'Judged by',
              value: (d) => d.judge ?? '',
              show: (d) => d.judge && <Id value={d.judge} label="pseudonym" />,
            },
            { title: 'What is wrong', value: (d) => d.reason ?? '', show: (d) => <bdi>{d.reason}</bdi> },
            { title: 'Item', value: (d) => d.item, show: (d) => <Id value={d.item} label="item" /> },
          ]}
        />
      )}
    </section>
  );
}
