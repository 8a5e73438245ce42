import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { hasCode } from '../api/problem';
import type { ReviewTask } from '../api/types';
import { useLab } from '../session/membership';
import { Id } from '../ui/copy';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/notice';
import { Page } from '../ui/page';
import { KeysDialog, WordsDialog, type KeyHelp } from '../workroom/dialogs';
import { GuidelinesPane } from '../workroom/guidelines-pane';
import { ItemPane } from '../workroom/item-pane';
import { useKeys } from '../workroom/keys';
import { usePreferences } from '../workroom/preferences';
import { QuestionPane } from '../workroom/question-pane';
import { useForm, useWork } from '../workroom/queries';
import { SuspendedPage } from '../workroom/suspended';
import { RoomHead } from '../workroom/task-desk';
import styles from '../workroom/workroom.module.css';
import { reviewCalls } from './queries';

const keyHelp: KeyHelp = [
  ['a', 'Accept'],
  ['x', 'Return with a reason'],
  ['d', 'Show differences between the responses'],
  ['f', 'Show texts formatted, or as they are'],
  ['?', 'This list'],
];

/** One answer after another, with the sides as the annotator saw them. */
export default function ReviewRoom() {
  const { project = '' } = useParams();
  const lab = useLab();
  const calls = useMemo(() => reviewCalls(lab, project), [lab, project]);
  const [turn, setTurn] = useState(0);
  const [decided, setDecided] = useState({ accepted: 0, returned: 0 });
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
          You accepted {decided.accepted} and returned {decided.returned} in this visit. New answers appear as
          experts submit them; your own are reviewed by others.
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
      number={decided.accepted + decided.returned + 1}
      decide={async (decision, reason) => {
        await calls.decide(next.data!.slot, { decision, reason: reason ?? null });
        setDecided((d) =>
          decision === 'accept' ? { ...d, accepted: d.accepted + 1 } : { ...d, returned: d.returned + 1 },
        );
        setTurn((n) => n + 1);
      }}
    />
  );
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
  decide: (decision: 'accept' | 'return', reason?: string) => Promise<void>;
}) {
  const form = useForm(lab, project, task.formVersion);
  const preferences = usePreferences();
  const [differences, setDifferences] = useState(false);
  const [dialog, setDialog] = useState<'return' | 'keys' | null>(null);
  const [reason, setReason] = useState('');
  const accept = useMutation({ mutationFn: () => decide('accept') });
  const prompt = useRef<HTMLElement>(null);
  useEffect(() => {
    document.documentElement.scrollTop = 0;
    prompt.current?.focus({ preventScroll: true });
  }, []);
  const accepting = () => {
    // An answer is accepted by somebody who can see it.
    if (form.data && !accept.isPending) accept.mutate();
  };
  useKeys(
    {
      a: accepting,
      x: () => setDialog('return'),
      d: () => setDifferences((on) => !on),
      f: () => preferences.setRendering(preferences.rendering === 'text' ? 'markdown' : 'text'),
      '?': () => setDialog('keys'),
    },
    preferences.singleKeys,
  );
  return (
    <div className={`${styles.room} fills`}>
      <div className={styles.head}>
        <RoomHead
          title={`Answer ${number} of this visit`}
          facts={[
            code,
            <span key="who">
              by <Id value={task.annotator} label="pseudonym" />
            </span>,
          ]}
        />
        <Button variant="subtle" className="push" onClick={() => setDialog('keys')}>
          Keys (?)
        </Button>
      </div>
      <div className={styles.reading}>
        <ItemPane
          item={task}
          label="Item"
          rendering={preferences.rendering}
          setRendering={preferences.setRendering}
          differences={differences}
          setDifferences={setDifferences}
          focus={prompt}
        />
        <GuidelinesPane sections={task.sections} version={task.guidelineVersion} />
      </div>
      {form.data ? (
        <QuestionPane questions={form.data.questions} answers={task.answers} />
      ) : form.error ? (
        <ProblemNotice error={form.error} retry={() => void form.refetch()} />
      ) : (
        <Loading what="Opening the answer" />
      )}
      <div className={styles.foot}>
        <Button variant="default" onClick={() => setDialog('return')}>
          Return with a reason (x)
        </Button>
        <ProblemNotice error={accept.error} retry={accepting} />
        <Button className="push" onClick={accepting} loading={accept.isPending} disabled={!form.data}>
          Accept (a)
        </Button>
      </div>
      {dialog === 'return' && (
        <WordsDialog
          title="Return this answer"
          hint="The annotator reads your words and can answer again."
          label="Reason"
          action="Return"
          required
          words={reason}
          setWords={setReason}
          send={(reason) => decide('return', reason)}
          close={() => setDialog(null)}
        />
      )}
      {dialog === 'keys' && (
        <KeysDialog
          keys={keyHelp}
          single={preferences.singleKeys}
          setSingle={preferences.setSingleKeys}
          close={() => setDialog(null)}
        />
      )}
    </div>
  );
}
