import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { rateInWords, kindName } from '../../vendor/work';
import { counted } from '../../ui/format';
import { State } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { BriefView, EngagementRow } from '../types';
import { agreedInWords } from './terms';

/** What the lab says of work: all that this node ever knows of it. */
export function Briefs({
  briefs,
  engagement,
  currency,
  manager,
}: {
  briefs: BriefView[];
  engagement: EngagementRow;
  /** Of the terms. */
  currency: string;
  manager: boolean;
}) {
  return (
    <section aria-labelledby="briefs">
      <Title order={2} id="briefs" mb="xs">
        Briefs of the lab
      </Title>
      {briefs.length === 0 && (
        <Text c="dimmed">None yet. The lab publishes one for each kind of work it wants people for.</Text>
      )}
      <Stack gap="sm">
        {briefs.map(({ brief, receivedAt, earlier }) => (
          <article key={brief.id} className="panel">
            <Group justify="space-between">
              <Title order={3}>{brief.codeName}</Title>
              {brief.open ? <State tone="good">Open</State> : <State>Taken back or filled</State>}
            </Group>
            <Text className="whole">{brief.description}</Text>
            <dl className="facts">
              <div>
                <dt>People</dt>
                <dd>
                  {brief.places}, {counted(brief.hoursPerWeek, 'hour')} a week each
                </dd>
              </div>
              <div>
                <dt>Skills</dt>
                <dd>{[...brief.skills, ...brief.languages].join(', ') || 'none named'}</dd>
              </div>
              {(brief.contentClasses ?? []).length > 0 && (
                <div>
                  <dt>May show</dt>
                  <dd>{brief.contentClasses!.join(', ')}</dd>
                </div>
              )}
              <div>
                <dt>Work</dt>
                <dd>{brief.kinds.map(kindName).join(', ')}</dd>
              </div>
              <div>
                <dt>The lab pays</dt>
                <dd>{agreedInWords(brief.rates, currency)}</dd>
              </div>
              {earlier && (
                <div>
                  <dt>Listed before</dt>
                  <dd>
                    <Time value={earlier.listedAt} />
                    {earlier.sure ? '' : ' (as it seems: same lab, programme and skills)'}:{' '}
                    {earlier.rates
                      .map((rate) => `${kindName(rate.kind)} ${rateInWords(rate, earlier.currency)}`)
                      .join(' · ')}
                    . Whoever is offered it now sees this.
                  </dd>
                </div>
              )}
              <div>
                <dt>Received</dt>
                <dd>
                  <Time value={receivedAt} />
                </dd>
              </div>
            </dl>
            {manager && brief.open && engagement.state === 'inForce' && (
              <Group mt="sm">
                <Button
                  component={Link}
                  to={`/desk/needs?brief=${brief.id}&engagement=${engagement.id}`}
                  variant="default"
                >
                  Open places from it…<span className="visually-hidden"> {brief.codeName}</span>
                </Button>
              </Group>
            )}
          </article>
        ))}
      </Stack>
      <Text c="dimmed" mt="xs">
        Items, guidelines and answers never come to this node: a brief is all it knows of the work.
      </Text>
    </section>
  );
}
