import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { hasStatus } from '../../api/problem';
import type { Question, Section } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Unsaved } from '../../ui/unsaved';
import { Sections } from '../../workroom/guidelines-pane';
import { useLatestForm } from '../form/queries';
import {
  useGuidelineDraft,
  useGuidelineVersion,
  useGuidelineVersions,
  usePublish,
  useSaveGuidelines,
} from './queries';
import styles from '../studio.module.css';

/** Guidelines in sections: the draft beside what an expert would see of it, and the published versions. */
export default function Guidelines({ lab, project }: { lab: string; project: string }) {
  const draft = useGuidelineDraft(lab, project);
  const form = useLatestForm(lab, project);
  if (draft.error) return <ProblemNotice error={draft.error} retry={() => void draft.refetch()} />;
  if (!draft.data || form.isPending) return <Loading what="Opening the guidelines" />;
  return (
    <Editor
      lab={lab}
      project={project}
      saved={draft.data}
      questions={form.data?.questions ?? []}
      reload={async () => (await draft.refetch()).data}
    />
  );
}

interface Saved {
  sections: Section[];
  etag: string;
}

function Editor({
  lab,
  project,
  saved,
  questions,
  reload,
}: {
  lab: string;
  project: string;
  saved: Saved;
  questions: Question[];
  reload: () => Promise<Saved | undefined>;
}) {
  const [sections, setSections] = useState(saved.sections);
  const [etag, setEtag] = useState(saved.etag);
  const [changed, setChanged] = useState(false);
  const save = useSaveGuidelines(lab, project);
  const publish = usePublish(lab, project);

  const edit = (next: Section[]) => {
    setSections(next);
    setChanged(true);
    publish.reset();
  };
  const replace = (index: number, section: Section) =>
    edit(sections.map((s, i) => (i === index ? section : s)));
  const move = (index: number, by: number) => {
    const next = [...sections];
    next.splice(index + by, 0, ...next.splice(index, 1));
    edit(next);
  };
  const store = async (under: string) => {
    const done = await save.mutateAsync({ sections, etag: under });
    setEtag(done.etag);
    setChanged(false);
    return done.etag;
  };
  const takeTheirs = async () => {
    const theirs = await reload();
    if (!theirs) return;
    setSections(theirs.sections);
    setEtag(theirs.etag);
    setChanged(false);
    save.reset();
  };
  const overwrite = async () => {
    const theirs = await reload();
    if (theirs) await store(theirs.etag);
  };
  const publishNow = async () => publish.mutate(changed ? await store(etag) : etag);
  const conflict = hasStatus(save.error, 412);

  return (
    <Stack gap="md">
      {changed && <Unsaved />}
      <Group gap="sm">
        <Button
          variant="default"
          onClick={() => edit([...sections, { key: newKey(sections), title: '', body: '', questions: [] }])}
        >
          Add a section
        </Button>
        <Button
          variant="default"
          loading={save.isPending}
          disabled={!changed}
          onClick={() => void store(etag).catch(() => undefined)}
        >
          Save draft
        </Button>
        <Button
          loading={publish.isPending}
          disabled={sections.length === 0}
          onClick={() => void publishNow().catch(() => undefined)}
        >
          Publish a version
        </Button>
        <Text role="status" c="dimmed">
          {changed ? 'Not saved yet' : save.isSuccess ? 'Saved' : ''}
        </Text>
      </Group>
      {conflict ? (
        <Notice tone="attention" title="Somebody else has saved this draft meanwhile" live>
          <Group gap="xs" mt="xs">
            <Button variant="default" onClick={() => void takeTheirs()}>
              Take theirs, drop mine
            </Button>
            <Button variant="default" onClick={() => void overwrite().catch(() => undefined)}>
              Keep mine, replace theirs
            </Button>
          </Group>
        </Notice>
      ) : (
        <ProblemNotice error={save.error ?? publish.error} safe="What you wrote is still on this page." />
      )}
      {publish.data && (
        <Notice tone="good" title={`Version ${publish.data.number} is published`} live>
          Batches opened from now on use it. Open batches keep theirs.
        </Notice>
      )}
      {sections.length === 0 ? (
        <EmptyState title="No guidelines yet">
          Add a section. An expert sees the sections that apply to the questions of the task, and no others.
        </EmptyState>
      ) : (
        <div className={styles.beside}>
          <Stack gap="md" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
            {sections.map((section, index) => (
              <li key={section.key} className="panel">
                <SectionEditor
                  section={section}
                  number={index + 1}
                  questions={questions}
                  change={(next) => replace(index, next)}
                  remove={() => edit(sections.filter((_, i) => i !== index))}
                  up={index > 0 ? () => move(index, -1) : undefined}
                  down={index < sections.length - 1 ? () => move(index, 1) : undefined}
                />
              </li>
            ))}
          </Stack>
          <Preview sections={sections} questions={questions} />
        </div>
      )}
      <Versions lab={lab} project={project} />
    </Stack>
  );
}

function SectionEditor({
  section,
  number,
  questions,
  change,
  remove,
  up,
  down,
}: {
  section: Section;
  number: number;
  questions: Question[];
  change: (section: Section) => void;
  remove: () => void;
  up?: () => void;
  down?: () => void;
}) {
  return (
    <Stack gap="xs" role="group" aria-label={`Section ${number}`}>
      <TextInput
        label={`Title of section ${number}`}
        required
        maxLength={200}
        value={section.title}
        onChange={(event) => change({ ...section, title: event.currentTarget.value })}
      />
      <Textarea
        label="Text (Markdown)"
        autosize
        minRows={4}
        maxRows={24}
        maxLength={100_000}
        value={section.body}
        onChange={(event) => change({ ...section, body: event.currentTarget.value })}
      />
      <Checkbox.Group
        label="Applies to"
        description="None chosen: to every question."
        value={section.questions}
        onChange={(chosen) => change({ ...section, questions: chosen })}
      >
        <Group mt={4}>
          {questions.map((question) => (
            <Checkbox key={question.key} value={question.key} label={question.title} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group gap="xs">
        {up && (
          <Button variant="subtle" onClick={up} aria-label={`Move section ${number} up`}>
            Up
          </Button>
        )}
        {down && (
          <Button variant="subtle" onClick={down} aria-label={`Move section ${number} down`}>
            Down
          </Button>
        )}
        <Button
          variant="subtle"
          c="var(--mantine-color-error)"
          onClick={remove}
          aria-label={`Remove section ${number}`}
        >
          Remove
        </Button>
      </Group>
    </Stack>
  );
}

/** What an expert sees beside a question. */
function Preview({ sections, questions }: { sections: Section[]; questions: Question[] }) {
  const [question, setQuestion] = useState('');
  const shown = sections.filter(
    (section) => question === '' || section.questions.length === 0 || section.questions.includes(question),
  );
  return (
    <aside className={`panel ${styles.preview}`} aria-label="What an expert sees">
      <NativeSelect
        label="What an expert sees"
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        data={[
          { value: '', label: 'in a task with all questions' },
          ...questions.map((q) => ({ value: q.key, label: `in a task with: ${q.title}` })),
        ]}
        mb="sm"
      />
      <Sections sections={shown} level={2} />
    </aside>
  );
}

function Versions({ lab, project }: { lab: string; project: string }) {
  const versions = useGuidelineVersions(lab, project);
  const [shown, setShown] = useState<number | null>(null);
  return (
    <section aria-labelledby="versions">
      <Title order={2} id="versions" mb="xs">
        Published versions
      </Title>
      <ProblemNotice error={versions.error} />
      {versions.data?.length === 0 && <Text c="dimmed">None yet. A batch needs a published version.</Text>}
      <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {versions.data?.map((version) => (
          <li key={version.number}>
            <Button variant="subtle" onClick={() => setShown(version.number)}>
              Version {version.number}
            </Button>{' '}
            <Time value={version.publishedAt} />
          </li>
        ))}
      </Stack>
      {shown !== null && <Version lab={lab} project={project} number={shown} close={() => setShown(null)} />}
    </section>
  );
}

function Version({
  lab,
  project,
  number,
  close,
}: {
  lab: string;
  project: string;
  number: number;
  close: () => void;
}) {
  const version = useGuidelineVersion(lab, project, number);
  return (
    <Dialog title={`Guidelines, version ${number}`} close={close} size="lg">
      <ProblemNotice error={version.error} />
      {version.data ? <Sections sections={version.data.sections} level={3} /> : <Loading what="Opening" />}
    </Dialog>
  );
}

/** A key that no section has: it stays when the title changes. */
export function newKey(sections: readonly Section[]): string {
  for (let number = sections.length + 1; ; number++) {
    const key = `section-${number}`;
    if (!sections.some((section) => section.key === key)) return key;
  }
}
