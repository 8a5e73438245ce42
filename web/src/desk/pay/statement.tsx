import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { isPayroll, useVendor } from '../../vendor/at-vendor';
import { StatementLines } from '../../vendor/pay/statement';
import type { Entry } from '../../vendor/pay/types';
import { Page } from '../../ui/page';
import { Correct } from './correct';
import { Withhold } from './withhold';

/** A statement to be checked by hand; what is wrong is put right by a new entry, never by a change. */
export default function Statement() {
  const { statement = '' } = useParams();
  const [doing, setDoing] = useState<{ what: 'correct' | 'withhold'; entry: Entry } | null>(null);
  const payroll = isPayroll(useVendor());
  const close = () => setDoing(null);
  return (
    <Page title="Pay statement">
      <StatementLines
        base="/api/desk/pay"
        id={statement}
        act={
          payroll
            ? (entry) => (
                <Group gap={4} wrap="nowrap">
                  <Button variant="default" onClick={() => setDoing({ what: 'correct', entry })}>
                    Correct…<span className="visually-hidden"> entry {entry.entry}</span>
                  </Button>
                  <Button variant="default" onClick={() => setDoing({ what: 'withhold', entry })}>
                    Withhold…<span className="visually-hidden"> entry {entry.entry}</span>
                  </Button>
                </Group>
              )
            : undefined
        }
      />
      {doing?.what === 'correct' && <Correct entry={doing.entry} close={close} />}
      {doing?.what === 'withhold' && <Withhold entry={doing.entry} close={close} />}
    </Page>
  );
}
