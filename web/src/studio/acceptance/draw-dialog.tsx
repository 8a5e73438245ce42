import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Acceptance } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/notice';
import { useDraw, type SampleSize } from './queries';

/** Draws a sample of a batch's accepted answers. Nobody can foresee which: the node draws them by chance. */
export function DrawDialog({
  lab,
  project,
  batch,
  name,
  drawn,
  close,
}: {
  lab: string;
  project: string;
  batch: string;
  name: string;
  drawn: (acceptance: Acceptance) => void;
  close: () => void;
}) {
  const draw = useDraw(lab, project, batch);
  const [by, setBy] = useState<'percent' | 'count'>('count');
  const [size, setSize] = useState({ percent: 10, count: 50 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted: SampleSize = by === 'percent' ? { percent: size.percent } : { count: size.count };
    draw.mutate(wanted, { onSuccess: drawn });
  };
  return (
    <Dialog title={`Draw a sample of ${name}`} close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>
            Answers are drawn by chance from those that were accepted, so that nobody can foresee which. With
            50 of them and no defect, the batch has at most about 7 % defects (95 %); with 200, about 2 %.
          </Text>
          <Radio.Group label="How large?" value={by} onChange={(next) => setBy(next as 'percent' | 'count')}>
            <Group gap="md" mt={4}>
              <Radio value="count" label="a number of answers" />
              <Radio value="percent" label="a share of them" />
            </Group>
          </Radio.Group>
          <NumberInput
            label={by === 'count' ? 'Answers' : 'Per cent'}
            required
            withAsterisk={false}
            min={by === 'count' ? 1 : 0.1}
            max={by === 'count' ? 10_000 : 100}
            decimalScale={by === 'count' ? 0 : 1}
            value={size[by]}
            onChange={(next) => setSize({ ...size, [by]: Number(next) })}
            w={160}
          />
          <ProblemNotice error={draw.error} safe="Nothing was drawn." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={draw.isPending}>
              Draw the sample
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
