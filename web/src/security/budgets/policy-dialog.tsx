import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Policy } from '../../api/types';
import { ApiProblem } from '../../api/problem';
import { Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/notice';
import { hours, kindCalled, limits, raises } from './policy';
import type { useSetPolicy } from './queries';

/** Weights and limits to be set; says before it is sent what of it takes a second person. */
export function PolicyDialog({
  policy,
  set,
  close,
}: {
  policy: Policy;
  set: ReturnType<typeof useSetPolicy>;
  close: () => void;
}) {
  const [next, setNext] = useState(policy);
  const waits = raises(policy, next);
  const faulty = set.error instanceof ApiProblem ? set.error.details.field : undefined;
  const fault = (field: string) => (field === faulty ? set.error?.message : undefined);
  const send = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(next, { onSuccess: close });
  };
  return (
    <Dialog title="Weights and limits" close={close} size="xl">
      <form onSubmit={send}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {limits.map(({ key, name, unit, help, open }) => (
              <NumberInput
                key={key}
                label={name}
                description={`${help} Unit: ${unit}.`}
                min={0}
                allowDecimal={false}
                allowNegative={false}
                thousandSeparator=","
                required={!open}
                value={next[key] ?? ''}
                error={fault(key)}
                onChange={(value) =>
                  setNext({ ...next, [key]: value === '' ? (open ? null : 0) : Number(value) })
                }
              />
            ))}
            <NumberInput
              label="Delay before shredding"
              description="Between the second person's approval and its effect, 0 to 720. Unit: hours."
              min={0}
              max={720}
              required
              value={hours(next.shredDelaySeconds)}
              error={fault('shredDelay')}
              onChange={(value) => setNext({ ...next, shredDelaySeconds: Math.round(Number(value) * 3_600) })}
            />
          </SimpleGrid>
          <Switch
            label="Lifting a suspension takes two people"
            checked={next.twoToResume}
            onChange={(event) => setNext({ ...next, twoToResume: event.currentTarget.checked })}
          />
          <section aria-labelledby="weights">
            <Title order={3} id="weights" mb="xs">
              Weight of a first read, 0 to 1,000 for each record
            </Title>
            <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" verticalSpacing="xs">
              {Object.keys(policy.weights).map((kind) => (
                <NumberInput
                  key={kind}
                  label={kindCalled(kind)}
                  min={0}
                  max={1_000}
                  allowDecimal={false}
                  required
                  value={next.weights[kind] ?? 0}
                  onChange={(value) =>
                    setNext({ ...next, weights: { ...next.weights, [kind]: Number(value) } })
                  }
                />
              ))}
            </SimpleGrid>
          </section>
          {waits.length > 0 && (
            <Notice tone="attention" title="This takes a second person" live>
              <ul>
                {waits.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
              Until somebody else of the staff approves it, all stays as it is.
            </Notice>
          )}
          <ProblemNotice error={set.error} safe="Weights and limits are as they were." />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={set.isPending}>
              {waits.length > 0 ? 'Propose the change' : 'Put in force'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
