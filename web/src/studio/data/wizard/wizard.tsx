import { Button, FileInput, Group, NativeSelect, Radio, Stack, Text, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import type { ImportPreview, Question } from '../../../api/types';
import { Loading } from '../../../ui/loading';
import { ProblemNotice } from '../../../ui/notice';
import { filled, missing, newPlan, type Plan } from './fields';
import { Mapping } from './mapping';
import { Outcome, Underway } from './outcome';
import { PreviewRows } from './preview-rows';
import { usePreviewImport, useRunImport, type Progress } from './queries';
import { Reading } from './reading';

/** From a file to items: how it is written, which field is what, the first rows as they would become, then all. */
export function ImportWizard({
  lab,
  project,
  questions,
  facets,
  rows,
  running,
  showBad,
}: {
  lab: string;
  project: string;
  questions: Question[];
  facets: string[];
  /** Rows taken so far by the import under way. */
  rows: number | undefined;
  running: (on: boolean) => void;
  showBad: (id: string) => void;
}) {
  const preview = usePreviewImport(lab, project);
  const run = useRunImport(lab, project);
  const [file, setFile] = useState<File | null>(null);
  const [images, setImages] = useState<File[]>([]);
  const [found, setFound] = useState<ImportPreview | null>(null);
  const [plan, setPlan] = useState<Plan>(newPlan(''));
  const [progress, setProgress] = useState<Progress>({ files: 0, of: 1, sent: 0, total: 0 });
  const stop = useRef<AbortController>(null);

  const look = (next: Plan, at = file) => {
    setPlan(next);
    if (!at) return;
    preview.mutate(
      { file: at, plan: next },
      {
        onSuccess: (seen) => {
          setFound(seen);
          // What was recognised becomes the choice, so that it is on the screen and can be changed.
          if (Object.keys(next.map).length === 0)
            setPlan((now) => (now === next ? { ...next, map: seen.suggested } : now));
        },
      },
    );
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    run.reset();
    preview.reset();
    setFound(null);
    if (chosen) look({ ...newPlan(chosen.name), badRows: plan.badRows, update: plan.update }, chosen);
  };
  const start = (again: boolean) => {
    stop.current = new AbortController();
    running(true);
    run.mutate(
      { file, images, plan, again, told: setProgress, signal: stop.current.signal },
      {
        // Taken in: pressing the button again would import it twice.
        onSuccess: (made) => {
          if (made.state !== 'done') return;
          setFile(null);
          setImages([]);
          setFound(null);
        },
        onSettled: () => running(false),
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(false);
  };
  const lacks = found ? missing(plan) : null;
  return (
    <section className="panel" aria-labelledby="new-import">
      <Title order={2} id="new-import" mb="xs">
        Import items
      </Title>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Group gap="md" align="flex-start">
            <FileInput
              label="File of items"
              description="JSONL, JSON, CSV or CoNLL. Nothing is taken in before you have seen its first rows."
              accept=".jsonl,.ndjson,.json,.csv,.tsv,.tab,.txt,.conll,.bio,.iob"
              w={360}
              value={file}
              onChange={choose}
              clearable
              clearButtonProps={{ 'aria-label': 'Take the file away' }}
              placeholder="Choose a file"
            />
            <FileInput
              label="Images"
              description="PNG, JPEG, GIF or WebP: named by the rows of the file, or each an item of its own."
              accept="image/png,image/jpeg,image/gif,image/webp"
              multiple
              w={360}
              value={images}
              onChange={setImages}
              clearable
              clearButtonProps={{ 'aria-label': 'Take the images away' }}
              placeholder="Choose images"
            />
          </Group>
          {file && (
            <>
              <Reading plan={plan} delimiter={found?.delimiter} change={(next) => look(next)} />
              <ProblemNotice error={preview.error} retry={() => look(plan)} />
              {preview.isPending && <Loading what="Reading the first rows" />}
              {found && (
                <>
                  <Mapping
                    fields={found.fields}
                    map={plan.map}
                    questions={questions}
                    facets={facets}
                    change={(map) => look({ ...plan, map: filled(map) })}
                  />
                  <PreviewRows preview={found} />
                </>
              )}
              <Choices plan={plan} change={setPlan} />
            </>
          )}
          {run.isPending ? (
            <Underway progress={progress} rows={rows} cancel={() => stop.current?.abort()} />
          ) : (
            <Group>
              <Button type="submit" disabled={file ? !found || lacks !== null : images.length === 0}>
                Import
              </Button>
              <Text c="dimmed" role="status">
                {file ? (lacks ?? '') : images.length > 0 ? 'Each image becomes an item.' : ''}
              </Text>
            </Group>
          )}
          {!run.isPending && (
            <Outcome made={run.data} error={run.error} again={() => start(true)} showBad={showBad} />
          )}
        </Stack>
      </form>
    </section>
  );
}

/** What becomes of rows that are bad, and of ids that are there already. */
function Choices({ plan, change }: { plan: Plan; change: (plan: Plan) => void }) {
  return (
    <Group gap="lg" align="flex-start">
      <Radio.Group
        label="If some rows are bad"
        value={plan.badRows}
        onChange={(value) => change({ ...plan, badRows: value === 'refuse' ? 'refuse' : 'keep' })}
      >
        <Group mt={4}>
          <Radio value="keep" label="Keep the good rows, list the bad ones" />
          <Radio value="refuse" label="Refuse the whole file" disabled={plan.update === 'update'} />
        </Group>
      </Radio.Group>
      <NativeSelect
        label="If an external id is there already"
        value={plan.update}
        onChange={(event) => {
          const update = event.currentTarget.value as Plan['update'];
          // Items are updated row by row, so that nothing could be taken back of a file that is refused at its end.
          change({ ...plan, update, badRows: update === 'update' ? 'keep' : plan.badRows });
        }}
        data={[
          { value: 'refuse', label: 'it is a bad row' },
          { value: 'update', label: 'the item gets a new version' },
          { value: 'skip', label: 'the row is passed over' },
        ]}
      />
    </Group>
  );
}
