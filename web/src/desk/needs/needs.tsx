import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAt } from '../../vendor/asking';
import { counted } from '../../ui/format';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Time } from '../../ui/time';
import type { Need } from '../types';
import { CloseNeed } from './close-need';
import { Fitting } from './fitting';
import styles from './needs.module.css';
import { NewNeed } from './new-need';
import { Offers } from './offers';
import { termsInWords } from './terms';

/** Open places on the left, people who fit with the reasons on the right. */
export default function Needs() {
  const needs = useAt<Need[]>('/api/desk/needs', 30_000);
  const { need: chosen } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const [closing, setClosing] = useState(false);
  const brief = search.get('brief');
  const engagement = search.get('engagement');
  const need = needs.data?.find(({ id }) => id === chosen) ?? needs.data?.[0];
  return (
    <Page title="Needs">
      <ProblemNotice error={needs.error} retry={() => void needs.refetch()} />
      {needs.isPending && <Loading what="Looking which places are open" />}
      {needs.data?.length === 0 && (
        <EmptyState title="No places are open">
          Places are opened from a lab’s brief: choose an <Link to="/desk/engagements">engagement</Link> and
          “Open places from it”.
        </EmptyState>
      )}
      {need && (
        <div className={styles.beside}>
          <nav aria-label="Needs">
            <ul className="bare">
              {needs.data!.map((one) => (
                <li key={one.id}>
                  <Link
                    to={`/desk/needs/${one.id}`}
                    className={styles.need}
                    aria-current={one.id === need.id ? 'page' : undefined}
                  >
                    <strong>{one.lab}</strong>{' '}
                    <span>
                      {one.terms.skills
                        .map(({ anyOf }) => anyOf.map(({ code }) => code).join(' or '))
                        .join(', ')}
                    </span>
                    <span className={styles.counts}>
                      {one.placed} of {counted(one.places, 'place')} filled
                      {one.offered > 0 && `, ${counted(one.offered, 'offer')} open`}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            <Text c="dimmed">Nothing on this node can show an item, a guideline or an answer.</Text>
          </nav>
          <Stack gap="md" className={styles.fitting}>
            <section className="panel" aria-labelledby="need">
              <Group justify="space-between">
                <Title order={2} id="need">
                  {need.lab}: {counted(need.places - need.placed, 'free place')}
                </Title>
                <Group gap="xs">
                  {need.placed >= need.places ? <State tone="good">Filled</State> : <State>Open</State>}
                  <Button variant="default" onClick={() => setClosing(true)}>
                    Close it…
                  </Button>
                </Group>
              </Group>
              <dl className="facts">
                {termsInWords(need).map(([name, words]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
                <div>
                  <dt>Opened</dt>
                  <dd>
                    <Time value={need.createdAt} />
                    {need.listed ? '; experts find it among open work' : '; only whom you offer it sees it'}
                  </dd>
                </div>
              </dl>
            </section>
            <Fitting key={need.id} need={need} />
            <Offers need={need.id} />
          </Stack>
        </div>
      )}
      {brief && engagement && (
        <NewNeed
          brief={brief}
          engagement={engagement}
          close={(made) => {
            setSearch({}, { replace: true });
            if (made) void navigate(`/desk/needs/${made}`, { replace: true });
          }}
        />
      )}
      {closing && need && <CloseNeed need={need} close={() => setClosing(false)} />}
    </Page>
  );
}
