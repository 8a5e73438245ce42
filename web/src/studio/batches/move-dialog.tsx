import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Batch, BatchFigures } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useFormVersions } from '../form/queries';
import { useGuidelineVersions } from '../guidelines/queries';
import { useMoveBatch } from './queries';

/** Puts a batch under other versions of the guidelines or the form; what is in hand keeps its own. */
export function MoveDialog({
  lab,
  project,
  batch,
  figures,
  close,
}: {
  lab: string;
  project: string;
  batch: Batch;
  figures?: BatchFigures;
  close: () => void;
}) {
  const guidelines = useGuidelineVersions(lab, project);
  const forms = useFormVersions(lab, project);
  const move = useMoveBatch(lab, project, batch.id);
  const [guideline, setGuideline] = useState(batch.guidelineVersion);
  const [form, setForm] = useState(batch.formVersion);
  const newGuideline = guideline !== batch.guidelineVersion;
  const newForm = form !== batch.formVersion;
  return (
    <Dialog title={`Move ${batch.name ?? batch.code}`} close={close}>
      <Stack gap="sm">
        <NativeSelect
          label="Guidelines"
          value={String(guideline)}
          onChange={(event) => setGuideline(Number(event.currentTarget.value))}
          data={[
            { value: '0', label: 'none' },
            ...(guidelines.data ?? []).map(({ number }) => versionOf(number, batch.guidelineVersion)),
          ]}
        />
        <NativeSelect
          label="Form"
          value={String(form)}
          onChange={(event) => setForm(Number(event.currentTarget.value))}
          data={(forms.data ?? []).map(({ version }) => versionOf(version, batch.formVersion))}
        />
        <ProblemNotice error={guidelines.error ?? forms.error ?? move.error} />
        {(newGuideline || newForm) && (
          <Notice tone="attention" title="What this does">
            <Text component="p" m={0}>
              {counted(figures?.open ?? batch.items, 'open task')} and every task given out from now on{' '}
              {movesTo(newGuideline ? guideline : null, newForm ? form : null)}.{' '}
              {counted(figures?.leased ?? 0, 'task')} in hand and every answer that was given keep theirs.
              {newGuideline && guideline > 0 && ' People read what changed before they go on.'}
              {newForm && ' Answers to items that were half done may then answer different questions.'}
            </Text>
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button
            disabled={!newGuideline && !newForm}
            loading={move.isPending}
            onClick={() =>
              move.mutate(
                {
                  ...(newGuideline && { guidelineVersion: guideline }),
                  ...(newForm && { formVersion: form }),
                },
                { onSuccess: close },
              )
            }
          >
            Move
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const versionOf = (version: number, now: number) => ({
  value: String(version),
  label: `version ${version}${version === now ? ', as now' : ''}`,
});

const movesTo = (guideline: number | null, form: number | null) =>
  [
    guideline !== null &&
      (guideline === 0 ? 'go by no guidelines' : `go by version ${guideline} of the guidelines`),
    form !== null && `ask version ${form} of the form`,
  ]
    .filter(Boolean)
    .join(' and ');
