import { Button, Group, Text, Title } from '@mantine/core';
import { post, useAct } from '../../vendor/asking';
import { kindName, rateInWords } from '../../vendor/work';
import { counted } from '../../ui/format';
import { ProblemNotice } from '../../ui/notice';
import type { OpenWork } from '../types';

/** Work that is open now; to ask for it binds nobody. */
export function Open({ open, stopped }: { open: OpenWork[]; stopped: boolean }) {
  const ask = useAct((need: string) => post(`/api/me/work/${need}/offer`));
  if (open.length === 0 && !stopped) return null;
  return (
    <section aria-labelledby="open">
      <Title order={2} id="open" mb="xs">
        Other work that is open
      </Title>
      <ProblemNotice error={ask.error} />
      {open.length === 0 && <Text c="dimmed">None just now. It is looked for again by itself.</Text>}
      <ul className="bare">
        {open.map((work) => (
          <li key={work.need} className="panel">
            <Group justify="space-between">
              <div>
                <Text fw={600}>
                  {work.codeName ?? 'Work'} for {work.lab}
                </Text>
                <Text>
                  {work.rates
                    .filter(({ kind }) => kind === 'task')
                    .map((rate) => `${kindName(rate.kind)} ${rateInWords(rate, work.currency)}`)}
                  ; {counted(work.weekHours, 'hour')} a week; {counted(work.free, 'place')} free
                </Text>
              </div>
              <Button
                variant="default"
                loading={ask.isPending && ask.variables === work.need}
                onClick={() => ask.mutate(work.need)}
              >
                Ask for an offer<span className="visually-hidden"> of {work.codeName ?? 'this work'}</span>
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
