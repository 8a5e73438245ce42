import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { hasCode } from '../../api/problem';
import { AnswerDesk, type Desk } from '../../review/answer-desk';
import { itemPictureOf } from '../../review/queries';
import { noGrounds, ReturnDialog, selectedWords } from '../../review/return-dialog';
import { useHere } from '../../session/membership';
import { isStaff } from '../../session/session';
import { percent } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { RoomHead } from '../../workroom/room-head';
import { SuspendedPage } from '../../workroom/suspended';
import { sampleKeys } from './keys';
import { sampleCalls, useAcceptances, type Sampled, type Verdict } from './queries';
import { estimateWords } from './words';

/** Judging a sample, one answer after another. Who gave an answer is not told: the sample judges the batch. */
export default function Judge() {
  const { project = '', acceptance = '' } = useParams();
  const { membership } = useHere();
  const lab = membership.slug;
  const calls = useMemo(() => sampleCalls(lab, project, acceptance), [lab, project, acceptance]);
  const acceptances = useAcceptances(lab, project);
  const round = acceptances.data?.find(({ id }) => id === acceptance);
  const [turn, setTurn] = useState(0);
  const next = useQuery({
    queryKey: ['sample', lab, project, acceptance, turn],
    queryFn: async () => (await calls.next()) ?? null,
    // Opening is a disclosure: once per turn, never again by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
  const back = isStaff(membership)
    ? `/labs/${lab}/studio/${project}/acceptance?round=${acceptance}`
    : `/labs/${lab}/review/${project}/acceptances`;
  if (hasCode(next.error, 'suspended')) return <SuspendedPage problem={next.error} place="review" />;
  if (next.error)
    return (
      <Page title="The next answer could not be opened" narrow>
        <ProblemNotice error={next.error} retry={() => void next.refetch()} />
        <Back to={back} />
      </Page>
    );
  if (next.data === undefined) return <Loading what="Opening the next answer" />;
  if (next.data === null)
    return (
      <Page title="Nothing is left for you to judge" narrow>
        <Text>
          {round && estimateWords(round)}{' '}
          {round && round.judged < round.sample
            ? 'Other answers are with other judges.'
            : 'Every answer of the sample is judged; the lab decides.'}
        </Text>
        <Back to={back} />
      </Page>
    );
  const sampled = next.data;
  return (
    <SampleDesk
      key={sampled.slot}
      lab={lab}
      project={project}
      sampled={sampled}
      back={back}
      facts={
        round
          ? [
              `${round.judged} of ${round.sample} judged`,
              round.rate
                ? `defects so far ${percent(round.rate.value)} (${percent(round.rate.low)} to ${percent(round.rate.high)})`
                : 'no defect known yet',
            ]
          : []
      }
      judge={async (verdict) => {
        await calls.judge(sampled.slot, verdict);
        void acceptances.refetch();
        setTurn((n) => n + 1);
      }}
    />
  );
}

function Back({ to }: { to: string }) {
  return (
    <Group mt="md">
      <Button variant="default" component={Link} to={to}>
        Back to the sample
      </Button>
    </Group>
  );
}

function SampleDesk({
  lab,
  project,
  sampled,
  back,
  facts,
  judge,
}: {
  lab: string;
  project: string;
  sampled: Sampled;
  back: string;
  facts: string[];
  judge: (verdict: Verdict) => Promise<void>;
}) {
  const [naming, setNaming] = useState(false);
  const [grounds, setGrounds] = useState(noGrounds);
  const fit = useMutation({ mutationFn: () => judge({ verdict: 'fit' }) });
  const fitting = (desk: Desk) => {
    // An answer is judged by somebody who can see it.
    if (desk.ready && !fit.isPending) fit.mutate();
  };
  const name = () => {
    const quote = grounds.evidence.quote || selectedWords();
    setGrounds({ ...grounds, evidence: { ...grounds.evidence, quote } });
    setNaming(true);
  };
  return (
    <AnswerDesk
      lab={lab}
      project={project}
      opened={sampled}
      picture={itemPictureOf(lab, project, sampled.item)}
      busy={fit.isPending || fit.isSuccess}
      keys={sampleKeys}
      head={<RoomHead title="Judge this answer" facts={facts} />}
      acts={(desk) => ({ fit: () => fitting(desk), defect: () => desk.ready && name() })}
      foot={(desk, showKeys) => (
        <>
          <Button variant="default" component={Link} to={back}>
            Leave
          </Button>
          <ProblemNotice error={fit.error} retry={() => fitting(desk)} />
          <Button variant="subtle" className="push" onClick={showKeys}>
            Keys ({desk.keyOf('keys')})
          </Button>
          <Button variant="default" disabled={!desk.ready} onClick={name}>
            Defect ({desk.keyOf('defect')})
          </Button>
          <Button disabled={!desk.ready} loading={fit.isPending} onClick={() => fitting(desk)}>
            Fit ({desk.keyOf('fit')})
          </Button>
        </>
      )}
      dialog={(desk) =>
        naming && (
          <ReturnDialog
            title="This answer is a defect"
            hint="The annotator reads your words and what they rest on, if the answer is given back."
            action="Save the defect"
            questions={desk.questions}
            sections={sampled.sections}
            grounds={grounds}
            setGrounds={setGrounds}
            send={(reason, evidence) => judge({ verdict: 'defect', reason, evidence })}
            close={() => setNaming(false)}
          />
        )
      }
    />
  );
}
