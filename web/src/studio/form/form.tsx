import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Question } from '../../api/types';
import { hasStatus } from '../../api/problem';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Unsaved } from '../../ui/unsaved';
import { useKeptEdit, type KeptEdits } from '../kept-edit';
import { check, faultsFrom } from './check';
import styles from './form.module.css';
import { LiveTask } from './live-task';
import { useLatestForm, useSaveForm, type SavedForm } from './queries';
import { QuestionList } from './question-list';
import { QuestionSettings } from './question-settings';
import { clean, firstForm } from './types';
import { Versions } from './versions';

/** The questions of a task: their list, the settings of one, and the task as an expert would get it. */
export default function FormTab({ lab, project }: { lab: string; project: string }) {
  const form = useLatestForm(lab, project);
  const edits = useKeptEdit<Question[]>(`form/${project}`);
  if (form.error) return <ProblemNotice error={form.error} retry={() => void form.refetch()} />;
  if (!form.data || !edits.ready) return <Loading what="Opening the form" />;
  return (
    <Stack gap="lg">
      <Editor
        lab={lab}
        project={project}
        saved={form.data}
        edits={edits}
        reload={async () => (await form.refetch()).data}
      />
    </Stack>
  );
}

function Editor({
  lab,
  project,
  saved,
  edits,
  reload,
}: {
  lab: string;
  project: string;
  saved: SavedForm;
  edits: KeptEdits<Question[]>;
  reload: () => Promise<SavedForm | undefined>;
}) {
  const save = useSaveForm(lab, project);
  // An edit upon an older version stays the person's: saving it then says that somebody was first.
  const [back, setBack] = useState(edits.found);
  const [questions, setQuestions] = useState(back?.value ?? startOf(saved));
  const [etag, setEtag] = useState(back?.etag ?? saved.etag);
  const [selected, setSelected] = useState(0);
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(back !== null);

  const take = (form: SavedForm) => {
    edits.drop();
    save.reset();
    setBack(null);
    setQuestions(startOf(form));
    setEtag(form.etag);
    setChanged(false);
    setTried(false);
  };
  const edit = (next: Question[], select = selected) => {
    setQuestions(next);
    setSelected(Math.max(0, Math.min(select, next.length - 1)));
    setChanged(true);
    save.reset();
    edits.keep(next, etag);
  };
  const own = check(questions);
  const told = faultsFrom(save.error, questions);
  const faults = own.map((mine, index) => ({ ...(tried ? mine : {}), ...told.faults[index] }));
  const bad = own.findIndex((mine) => Object.keys(mine).length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (bad >= 0) return setSelected(bad);
    save.mutate(
      { questions: questions.map(clean), etag },
      { onSuccess: take, onError: (error) => setSelected(firstBad(error, questions) ?? selected) },
    );
  };
  const takeTheirs = async () => {
    const theirs = await reload();
    if (!theirs) return;
    setSelected(0);
    take(theirs);
  };
  const question = questions[selected];
  return (
    <>
      {changed && !edits.safe && <Unsaved />}
      {back && changed && (
        <Notice tone="attention" title="What you had not saved is back">
          <Text>
            Last changed <Time value={back.at} />; it was kept in this browser.
          </Text>
        </Notice>
      )}
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group gap="sm">
            <Button type="submit" loading={save.isPending} disabled={questions.length === 0}>
              Save as version {saved.version + 1}
            </Button>
            {changed && (
              <Button variant="default" onClick={() => void takeTheirs()}>
                Drop the changes
              </Button>
            )}
            <Text c="dimmed" role="status">
              {saved.version === 0
                ? 'There is no form yet.'
                : `Version ${saved.version} is in force for new batches.`}
              {changed ? ' Not saved yet.' : ''}
            </Text>
          </Group>
          {hasStatus(save.error, 412) ? (
            <Notice tone="attention" title="Somebody else has saved a form meanwhile" live>
              <Button variant="default" mt="xs" onClick={() => void takeTheirs()}>
                Load theirs, drop mine
              </Button>
            </Notice>
          ) : told.all ? (
            <Notice tone="stopped" title="The form has faults; they stand at their fields" live />
          ) : (
            <ProblemNotice error={save.error} safe="What you wrote is still on this page." />
          )}
          {tried && bad >= 0 && (
            <Notice tone="stopped" title={`Question ${bad + 1} has a fault; it stands at its field`} live />
          )}
          <div className={styles.editor}>
            <QuestionList
              questions={questions}
              faults={faults}
              selected={selected}
              select={setSelected}
              edit={edit}
            />
            {question ? (
              <QuestionSettings
                key={selected}
                question={question}
                number={selected + 1}
                earlier={questions.slice(0, selected)}
                faults={faults[selected] ?? {}}
                change={(next) => edit(questions.map((q, i) => (i === selected ? next : q)))}
              />
            ) : (
              <Text c="dimmed">Add a question on the left.</Text>
            )}
            <LiveTask lab={lab} project={project} questions={questions} ready={bad < 0} />
          </div>
        </Stack>
      </form>
      <Versions lab={lab} project={project} current={saved.version} take={(taken) => edit(taken, 0)} />
    </>
  );
}

const startOf = (form: SavedForm) => (form.version === 0 ? firstForm() : form.questions);

function firstBad(error: unknown, questions: Question[]): number | null {
  const index = faultsFrom(error, questions).faults.findIndex((faults) => Object.keys(faults).length > 0);
  return index < 0 ? null : index;
}
