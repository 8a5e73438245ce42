import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { PastReview } from '../api/types';
import { useLab } from '../session/membership';
import { Id } from '../ui/copy';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State } from '../ui/notice';
import { Page } from '../ui/page';
import { Time } from '../ui/time';
import { WordsDialog } from '../workroom/dialogs';
import { Visible } from '../workroom/invisible';
import { RoomHead } from '../workroom/room-head';
import { AnswerDesk } from './answer-desk';
import { escalationCalls, itemPictureOf, useEscalations, type EscalationDecision } from './queries';
import { noGrounds, ReturnDialog, selectedWords } from './return-dialog';

/** Work that reviewers passed on, or that came back too often: the lab decides. */
export default function Escalations() {
  const { project = '' } = useParams();
  const lab = useLab();
  const escalations = useEscalations(lab, project);
  const [search] = useSearchParams();
  const [open, setOpen] = useState(search.get('open'));
  if (open)
    return (
      <OneEscalation
        key={open}
        lab={lab}
        project={project}
        slot={open}
        close={() => {
          setOpen(null);
          void escalations.refetch();
        }}
      />
    );
  return (
    <Page
      title="Passed on to the lab"
      aside={
        <Button variant="default" component={Link} to={`/labs/${lab}/review`}>
          Projects
        </Button>
      }
    >
      <Stack gap="md">
        <ProblemNotice error={escalations.error} retry={() => void escalations.refetch()} />
        {escalations.isPending && <Loading what="Looking for what was passed on" />}
        {escalations.data?.length === 0 && (
          <EmptyState title="Nothing waits for the lab">
            Answers that a reviewer passes on, and such as come back too often, appear here.
          </EmptyState>
        )}
        {escalations.data && escalations.data.length > 0 && (
          <DataTable
            caption="Passed on"
            id={({ slot }) => slot}
            rows={escalations.data}
            columns={[
              {
                title: 'Submitted',
                value: (e) => e.submittedAt ?? '',
                show: (e) => e.submittedAt && <Time value={e.submittedAt} />,
              },
              {
                title: 'By',
                value: (e) => e.annotator,
                show: (e) => <Id value={e.annotator} label="pseudonym" />,
              },
              { title: 'Batch', value: (e) => e.batch, show: (e) => <Id value={e.batch} label="batch" /> },
              { title: 'Times returned', value: (e) => e.rounds, numeric: true },
              {
                title: 'Decide',
                value: (e) => e.slot,
                show: (e) => (
                  <Button size="compact-xs" variant="default" onClick={() => setOpen(e.slot)}>
                    Open
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Stack>
    </Page>
  );
}

function OneEscalation({
  lab,
  project,
  slot,
  close,
}: {
  lab: string;
  project: string;
  slot: string;
  close: () => void;
}) {
  const calls = useMemo(() => escalationCalls(lab, project), [lab, project]);
  const [dialog, setDialog] = useState<'return' | 'cancel' | 'correct' | null>(null);
  const [grounds, setGrounds] = useState(noGrounds);
  const [words, setWords] = useState('');
  const opened = useQuery({
    queryKey: ['lab', lab, project, 'escalation', slot],
    queryFn: () => calls.open(slot),
    // Opening is a disclosure: once.
    staleTime: Infinity,
    gcTime: 0,
  });
  const decide = async (decision: EscalationDecision) => {
    await calls.decide(slot, decision);
    close();
  };
  const accept = useMutation({ mutationFn: () => decide({ decision: 'accept' }) });
  if (!opened.data)
    return opened.error ? (
      <Page title="This answer could not be opened" narrow>
        <ProblemNotice error={opened.error} retry={() => void opened.refetch()} />
        <Button variant="default" mt="md" onClick={close}>
          Back to the list
        </Button>
      </Page>
    ) : (
      <Loading what="Opening the answer" />
    );
  const task = opened.data;
  return (
    <AnswerDesk
      lab={lab}
      project={project}
      opened={task}
      picture={itemPictureOf(lab, project, task.item)}
      busy={accept.isPending}
      head={
        <RoomHead
          title="Passed on to the lab"
          facts={[
            <span key="who">
              by <Id value={task.annotator} label="pseudonym" />
            </span>,
          ]}
        />
      }
      above={task.reviews?.map((review) => (
        <Earlier key={review.decidedAt} review={review} />
      ))}
      acts={(desk) => ({
        accept: () => desk.ready && !desk.correction && accept.mutate(),
        return: () => setDialog('return'),
        correct: () => desk.ready && !desk.correction && desk.correct(true),
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
            <Button variant="default" onClick={close}>
              Back to the list
            </Button>
            <Button
              variant="default"
              onClick={() => {
                const quote = grounds.evidence.quote || selectedWords();
                setGrounds({ ...grounds, evidence: { ...grounds.evidence, quote } });
                setDialog('return');
              }}
            >
              Return ({desk.keyOf('return')})
            </Button>
            <Button variant="default" disabled={!desk.ready} onClick={() => desk.correct(true)}>
              Correct ({desk.keyOf('correct')})
            </Button>
            <Button variant="default" onClick={() => setDialog('cancel')}>
              Cancel the task
            </Button>
            <ProblemNotice error={accept.error} />
            <Button variant="subtle" className="push" onClick={showKeys}>
              Keys ({desk.keyOf('keys')})
            </Button>
            <Button disabled={!desk.ready} loading={accept.isPending} onClick={() => accept.mutate()}>
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
              close={() => setDialog(null)}
            />
          );
        if (dialog)
          return (
            <WordsDialog
              title={dialog === 'cancel' ? 'Cancel this task' : 'Save this correction'}
              hint={
                dialog === 'cancel'
                  ? 'Nobody is asked about it any more. The answer is kept, and is not delivered.'
                  : 'Both versions are kept. The annotator reads why.'
              }
              label="Why?"
              action={dialog === 'cancel' ? 'Cancel the task' : 'Save the correction'}
              required
              words={words}
              setWords={setWords}
              send={async (reason) => {
                if (dialog === 'cancel') return decide({ decision: 'cancel', reason });
                const answers = desk.corrected();
                if (answers) await decide({ decision: 'correct', reason, answers });
              }}
              close={() => setDialog(null)}
            />
          );
        return null;
      }}
    />
  );
}

const decisionWords: Record<string, string> = {
  accept: 'accepted',
  return: 'returned',
  correct: 'corrected',
  escalate: 'passed on',
  cancel: 'cancelled',
};

/** What somebody decided of the answer before, and why. */
function Earlier({ review }: { review: PastReview }) {
  return (
    <Notice title={`${decisionWords[review.decision] ?? review.decision} earlier`}>
      <Text component="p" m={0}>
        by <Id value={review.reviewer} label="pseudonym" />, <Time value={review.decidedAt} />
      </Text>
      {review.reason && (
        <div className="plain" dir="auto">
          <Visible text={review.reason} />
        </div>
      )}
      {review.evidence?.quote && (
        <blockquote className="plain" dir="auto">
          <Visible text={review.evidence.quote} />
        </blockquote>
      )}
    </Notice>
  );
}
