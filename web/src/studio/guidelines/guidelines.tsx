import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Question, Section } from '../../api/types';
import { ApiProblem, hasStatus } from '../../api/problem';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { Unsaved } from '../../ui/unsaved';
import { useFacets } from '../data/queries';
import { useLatestForm } from '../form/queries';
import { useKeptEdit, type KeptEdits } from '../kept-edit';
import styles from '../studio.module.css';
import { Preview } from './preview';
import { PublishDialog } from './publish-dialog';
import { useGuidelineDraft, usePublish, useSaveGuidelines } from './queries';
import { SectionEditor } from './section-editor';
import { newKey } from './sections';
import { Versions } from './versions';

/** Guidelines in sections: the draft beside what somebody would see of it, and the published versions. */
export default function Guidelines({ lab, project }: { lab: string; project: string }) {
  const draft = useGuidelineDraft(lab, project);
  const form = useLatestForm(lab, project);
  const edits = useKeptEdit<Section[]>(`guidelines/${project}`);
  if (draft.error) return <ProblemNotice error={draft.error} retry={() => void draft.refetch()} />;
  if (!draft.data || form.isPending || !edits.ready) return <Loading what="Opening the guidelines" />;
  return (
    <Stack gap="md">
      <Editor
        lab={lab}
        project={project}
        saved={draft.data}
        edits={edits}
        questions={form.data?.questions ?? []}
        reload={async () => (await draft.refetch()).data}
      />
      <Versions lab={lab} project={project} />
    </Stack>
  );
}

/** The server names a section at fault by its key. */
const faultOf = (error: unknown, key: string) =>
  error instanceof ApiProblem && error.details.field === key ? error.message : undefined;

interface Saved {
  sections: Section[];
  etag: string;
}

function Editor({
  lab,
  project,
  saved,
  edits,
  questions,
  reload,
}: {
  lab: string;
  project: string;
  saved: Saved;
  edits: KeptEdits<Section[]>;
  questions: Question[];
  reload: () => Promise<Saved | undefined>;
}) {
  const facets = useFacets(lab, project).data?.facets ?? [];
  const [back, setBack] = useState(edits.found);
  const [sections, setSections] = useState(back?.value ?? saved.sections);
  const [etag, setEtag] = useState(back?.etag ?? saved.etag);
  const [changed, setChanged] = useState(back !== null);
  const [publishing, setPublishing] = useState(false);
  const save = useSaveGuidelines(lab, project);
  const publish = usePublish(lab, project);

  const edit = (next: Section[]) => {
    setSections(next);
    setChanged(true);
    publish.reset();
    edits.keep(next, etag);
  };
  const settled = (under: string) => {
    edits.drop();
    setBack(null);
    setEtag(under);
    setChanged(false);
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
    settled(done.etag);
    return done.etag;
  };
  const takeTheirs = async () => {
    const theirs = await reload();
    if (!theirs) return;
    setSections(theirs.sections);
    settled(theirs.etag);
    save.reset();
  };
  const overwrite = async () => {
    const theirs = await reload();
    if (theirs) await store(theirs.etag);
  };
  const publishNow = async () => {
    await publish.mutateAsync(changed ? await store(etag) : etag);
    setPublishing(false);
  };
  const conflict = hasStatus(save.error, 412);

  return (
    <Stack gap="md">
      {changed && !edits.safe && <Unsaved />}
      {back && changed && (
        <Notice tone="attention" title="What you had not saved is back">
          <Text>
            Last changed <Time value={back.at} />; it was kept in this browser.
          </Text>
        </Notice>
      )}
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
        <Button disabled={sections.length === 0} onClick={() => setPublishing(true)}>
          Publish a version…
        </Button>
        {changed && (
          <Button variant="default" onClick={() => void takeTheirs()}>
            Drop the changes
          </Button>
        )}
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
                  facets={facets}
                  fault={faultOf(save.error, section.key)}
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
      {publishing && !conflict && (
        <PublishDialog
          lab={lab}
          project={project}
          sections={sections}
          pending={publish.isPending || save.isPending}
          error={save.error ?? publish.error}
          publish={() => void publishNow().catch(() => undefined)}
          close={() => setPublishing(false)}
        />
      )}
    </Stack>
  );
}
