import { Button, Group, Progress as Bar, Text } from '@mantine/core';
import { useState } from 'react';
import type { Import } from '../../../api/types';
import { hasCode } from '../../../api/problem';
import { bytes, count, counted } from '../../../ui/format';
import { Notice, ProblemNotice } from '../../../ui/notice';
import { useNow } from '../../../ui/time';
import { isCancelled } from '../sending';
import type { Progress } from './queries';

/** How far a file is on its way, with an estimate and a way to stop it. */
export function Underway({
  progress,
  rows,
  cancel,
}: {
  progress: Progress;
  /** Rows that the server has taken so far. */
  rows: number | undefined;
  cancel: () => void;
}) {
  const [began] = useState(Date.now);
  const now = useNow(1_000);
  const { files, of, sent, total } = progress;
  const share = (files + (total === 0 ? 1 : sent / total)) / of;
  const left = share > 0.02 && share < 1 ? Math.ceil(((now - began) / 1000) * (1 / share - 1)) : null;
  return (
    <Group gap="sm">
      <Bar value={share * 100} flex={1} miw={160} aria-label="Import" />
      <Text>
        {of > 1 ? `File ${Math.min(files + 1, of)} of ${count(of)}: ` : ''}
        {bytes(Math.min(sent, total))} of {bytes(total)}
        {rows ? `, ${counted(rows, 'row')} taken` : ''}
        {left !== null ? `, about ${count(left)} s left` : share >= 1 ? ', sealing the last rows' : ''}
      </Text>
      <Button variant="default" onClick={cancel}>
        Cancel
      </Button>
    </Group>
  );
}

/** What became of an import: taken, taken in part, refused, cancelled, or known already. */
export function Outcome({
  made,
  error,
  again,
  showBad,
}: {
  made: Import | undefined;
  error: unknown;
  again: () => void;
  showBad: (id: string) => void;
}) {
  if (isCancelled(error))
    return (
      <Notice tone="attention" title="The import was cancelled" live>
        Nothing of the file was kept.
      </Notice>
    );
  if (hasCode(error, 'file-known'))
    return (
      <Notice tone="attention" title="This very file has been taken in before" live>
        <Text>
          Its fingerprint, under a key of this node, is that of an earlier import. Nothing was taken in a
          second time.
        </Text>
        <Button variant="default" mt="xs" onClick={again}>
          Take it in again
        </Button>
      </Notice>
    );
  if (error) return <ProblemNotice error={error} safe="Nothing of the file was kept." />;
  return made ? <Result of={made} showBad={showBad} /> : null;
}

function taken({ imported, updated, skipped }: Import): string {
  return [
    `${counted(imported, 'item')} imported`,
    updated ? `${count(updated)} given a new version` : '',
    skipped ? `${counted(skipped, 'row')} passed over` : '',
  ]
    .filter(Boolean)
    .join(', ')
    .concat('.');
}

function Result({ of, showBad }: { of: Import; showBad: (id: string) => void }) {
  const bad = of.bad > 0 && (
    <Button variant="default" mt="xs" onClick={() => showBad(of.id)}>
      Show the {counted(of.bad, 'bad row')}
    </Button>
  );
  if (of.state === 'done')
    return (
      <Notice
        tone={of.bad === 0 ? 'good' : 'attention'}
        title={
          of.bad === 0
            ? 'The file has been taken in'
            : `The file has been taken in, but for ${counted(of.bad, 'bad row')}`
        }
        live
      >
        <Text>{taken(of)}</Text>
        {bad}
      </Notice>
    );
  return (
    <Notice tone="stopped" title="Nothing of the file was kept" live>
      <Text>
        {of.bad > 0 ? `It has ${counted(of.bad, 'bad row')}.` : 'The list below says what became of it.'}
      </Text>
      {bad}
    </Notice>
  );
}
