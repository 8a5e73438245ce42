import { Button, Group, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { hasStatus } from '../../api/problem';
import type { Batch } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { changeOf, fieldsOf, type SetFields } from './fields';
import { useChangeBatch } from './queries';
import { SettingFields } from './setting-fields';

/** Changes how a batch runs from now on. Only what was changed is sent. */
export function ChangeDialog({
  lab,
  project,
  batch,
  close,
}: {
  lab: string;
  project: string;
  batch: Batch;
  close: () => void;
}) {
  const change = useChangeBatch(lab, project, batch);
  // What the fields are compared with stays the batch that was opened for change.
  const [before, setBefore] = useState(batch);
  const [fields, setFields] = useState(() => fieldsOf(batch));
  const set: SetFields = (part) => setFields((now) => ({ ...now, ...part }));
  const changed = changeOf(before, fields);
  const lost = hasStatus(change.error, 412);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(changed, { onSuccess: close });
  };
  return (
    <Dialog title={`Change ${batch.name ?? batch.code}`} close={close} size="xl">
      <form onSubmit={submit}>
        <Stack gap="md">
          <SettingFields fields={fields} set={set} />
          {lost ? (
            <Notice tone="attention" title="Somebody else changed this batch meanwhile" live>
              Nothing of yours was saved. Look at what it is now, then change it again.
              <Group mt="xs">
                <Button
                  variant="default"
                  onClick={() => {
                    setBefore(batch);
                    setFields({ ...fieldsOf(batch), ...ofChanged(before, fields) });
                    change.reset();
                  }}
                >
                  Put my changes on top of theirs
                </Button>
              </Group>
            </Notice>
          ) : (
            <ProblemNotice error={change.error} safe="The batch runs as before." />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={change.isPending}
              disabled={lost || Object.keys(changed).length === 0}
            >
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The fields that were changed by hand. */
function ofChanged(before: Batch, fields: ReturnType<typeof fieldsOf>) {
  const was = fieldsOf(before);
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== was[key as keyof typeof was]),
  );
}
