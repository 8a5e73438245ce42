import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { hasCode } from '../api/problem';
import type { ReviewDecision, ReviewTask } from '../api/types';
import { useLab } from '../session/membership';
import { Id } from '../ui/copy';
import { Loading } from '../ui/loading';
import { ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { WordsDialog } from '../workroom/dialogs';
import { useWork } from '../workroom/queries';
import { RoomHead } from '../workroom/room-head';
import { SuspendedPage } from '../workroom/suspended';
import { AnswerDesk, type Desk } from './answer-desk';
import { noGrounds, ReturnDialog, selectedWords } from './return-dialog';
import { reviewCalls, reviewPictureOf } from './queries';

type Tally = Record<ReviewDecision['decision'], number>;

/** One answer after another, as the annotator saw and gave it. */
export default function ReviewRoom() {
  const { project = '' } = useParams();
  const lab = useLab();
  const calls = useMemo(() => reviewCalls(lab, project), [lab, project]);
  const [turn, setTurn] = useState(0);
  const [decided, setDecided] = useState<Tally>({ accept: 0, return: 0, correct: 0, escalate: 0 });
  const code = useWork(lab).data?.projects.find((p) => p.id === project)?.code ?? '';
  const next = useQuery({
    queryKey: ['lab', lab, project, 'review', turn],
    // Null, because a query may not answer with nothing.
    queryFn: async () => (await calls.next()) ?? null,
    // Opening is a disclosure: once per turn, never again by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
  if (hasCode(next.error, 'suspended')) return <SuspendedPage problem={next.error} place="review" />;
  if (next.error)
    return (
      <Page title="The next answer could not be opened" narrow>
        <ProblemNotice error={next.error} retry={() => void next.refetch()} />
      </Page>
    );
  if (next.data === undefined) return <Loading what="Opening the next answer" />;
  if (next.data === null)
    return (
      <Page title="Nothing waits for review" narrow>
        <Text>
          {tallyWords(decided)} New answers appear as experts submit them; your own are reviewed by others.
        </Text>
        <Group mt="md">
          <Button onClick={() => setTurn(turn + 1)}>Look again</Button>
          <Button variant="default" component={Link} to={`/labs/${lab}/review`}>
            Projects
          </Button>
        </Group>
      </Page>
    );
  return (
    <ReviewDesk
      key={next.data.slot}
      lab={lab}
      project={project}
      code={code}
      task={next.data}
      number={Object.values(decided).reduce((sum, n) => sum + n, 1)}
      decide={async (decision) => {
        await calls.decide(next.data!.slot, decision);
        setDecided((d) => ({ ...d, [decision.decision]: d[decision.decision] + 1 }));
        setTurn((n) => n + 1);
      }}
    />
  );
}

function tallyWords({ accept, return: returned, correct, escalate }: Tally): string {
  const more = [correct && `corrected ${correct}`, escalate && `passed on ${escalate}`].filter(Boolean);
  return `You accepted ${accept} and returned ${returned} in this visit${more.length > 0 ? `; you ${more.join(' and ')}` : ''}.`;
}

function ReviewDesk({
  lab,
  project,
  code,
  task,
  number,
  decide,
}: {
  lab: string;
  project: string;
  code: string;
  task: ReviewTask;
  number: number;
  decide: (decision: ReviewDecision) => Promise<void>;
}) {
  const [dialog, setDialog] = useState<'return' | 'escalate' | 'correct' | null>(null);
  const [grounds, setGrounds] = useState(noGrounds);
  const [words, setWords] = useState({ escalate: '', correct: '' });
  const accept = useMutation({ mutationFn: () => decide({ decision: 'accept' }) });
  const accepting = (desk: Desk) => {
    // An answer is accepted by somebody who can see it, as it was given.
    if (desk.ready && !desk.correction && !accept.isPending) accept.mutate();
  };
  const returning = () => {
    const quote = grounds.evidence.quote || selectedWords();
    setGrounds({ ...grounds, evidence: { ...grounds.evidence, quote } });
    setDialog('return');
  };
  const close = () => setDialog(null);
  return (
    <AnswerDesk
      lab={lab}
      project={project}
      opened={task}
      picture={reviewPictureOf(lab, project, task.slot)}
      busy={accept.isPending || accept.isSuccess}
      head={
        <RoomHead
          title={`Answer ${number} of this visit`}
          facts={[
            code,
            <span key="who">
              by <Id value={task.annotator} label="pseudonym" />
            </span>,
          ]}
        />
      }
      acts={(desk) => ({
        accept: () => accepting(desk),
        return: returning,
        correct: () => desk.ready && !desk.correction && desk.correct(true),
        escalate: () => setDialog('escalate'),
      })}
      foot={(desk, showKeys) =>
        desk.correction ? (
          <>
            <State tone="attention">You are correcting this answer; the one that was given is kept</State>
            <Button variant="default" className="push" onClick={() => desk.correct(false)}>
              Leave it as it was
            </Button>
            <Button onClick={() => desk.corrected() && setDialog('correct')}>Save the correction</Button>
          </>
        ) : (
          <>
            <Button variant="default" onClick={returning}>
              Return with a reason ({desk.keyOf('return')})
            </Button>
            <Button variant="default" onClick={() => desk.correct(true)} disabled={!desk.ready}>
              Correct ({desk.keyOf('correct')})
            </Button>
            <Button variant="default" onClick={() => setDialog('escalate')}>
              Pass on ({desk.keyOf('escalate')})
            </Button>
            <ProblemNotice error={accept.error} retry={() => accepting(desk)} />
            <Button variant="subtle" className="push" onClick={showKeys}>
              Keys ({desk.keyOf('keys')})
            </Button>
            <Button onClick={() => accepting(desk)} loading={accept.isPending} disabled={!desk.ready}>
              Accept ({desk.keyOf('accept')})
            </Button>
          </>
        )
      }
      dialog={(desk) => {
        if (dialog === 'return')
          return (
            <ReturnDialog
              questions={desk.questions}
              sections={task.sections}
              grounds={grounds}
              setGrounds={setGrounds}
              send={(reason, evidence) => decide({ decision: 'return', reason, evidence })}
              close={close}
            />
          );
        if (dialog === 'escalate')
          return (
            <WordsDialog
              title="Pass this answer on to the lab"
              hint="For what a reviewer should not decide alone. The lab sees your words; the annotator waits."
              label="What has to be decided?"
              action="Pass on"
              required
              words={words.escalate}
              setWords={(escalate) => setWords({ ...words, escalate })}
              send={(reason) => decide({ decision: 'escalate', reason })}
              close={close}
            />
          );
        if (dialog === 'correct')
          return (
            <WordsDialog
              title="Save this correction"
              hint="Both versions are kept. The annotator reads why."
              label="Why is it corrected?"
              action="Save the correction"
              required
              words={words.correct}
              setWords={(correct) => setWords({ ...words, correct })}
              send={async (reason) => {
                const answers = desk.corrected();
                if (answers) await decide({ decision: 'correct', reason, answers });
              }}
              close={close}
            />
          );
        return null;
      }}
    />
  );
}
