import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Share, Shares as Figures } from '../../api/types';
import { useProjects } from '../../studio/projects/queries';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { count, counted, percent } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { useNames, type Names } from '../names';
import { PartBar } from './part-bar';
import { useShares } from './queries';

/** What share of a project's methodology one person, vendor or host could have, and any few people together. */
export function Shares({ lab }: { lab: string }) {
  const projects = useProjects(lab);
  const names = useNames(lab);
  const [chosen, setChosen] = useState('');
  const project = chosen || projects.data?.[0]?.id || '';
  const shares = useShares(lab, project);
  return (
    <section aria-labelledby="shares">
      <Title order={2} id="shares" mb="xs">
        Share of the methodology that somebody could have
      </Title>
      <ProblemNotice error={projects.error} retry={() => void projects.refetch()} />
      {projects.data?.length === 0 ? (
        <EmptyState title="There is no project yet">
          A project's guidelines, forms and known answers are counted.
        </EmptyState>
      ) : (
        <Stack gap="sm">
          {projects.data && (
            <NativeSelect
              label="Project"
              value={project}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={(projects.data ?? []).map(({ id, name, code }) => ({ value: id, label: name ?? code }))}
              w={560}
              maw="100%"
            />
          )}
          <ProblemNotice error={shares.error} retry={() => void shares.refetch()} />
          {shares.isLoading && <Loading what="Counting what was shown to whom" />}
          {shares.data && <Found shares={shares.data} names={names} />}
          <Meaning />
        </Stack>
      )}
    </section>
  );
}

function Found({ shares, names }: { shares: Figures; names: Names }) {
  if (shares.weight === 0)
    return (
      <EmptyState title="This project has no methodology yet">
        Its guidelines, forms and known answers will be counted as soon as there are any.
      </EmptyState>
    );
  return (
    <>
      <Text>
        The whole: every version of the guidelines and their draft, forms and known answers, of weight{' '}
        <strong>{count(shares.weight)}</strong>.
      </Text>
      <Coalitions coalitions={shares.coalitions} />
      <Of title="People" shares={shares.persons} names={names} />
      <Of title="Engagements" shares={shares.engagements} names={names} />
      <Of title="Hosts" shares={shares.hosts} names={names} />
    </>
  );
}

function Of({ title, shares, names }: { title: string; shares: Share[]; names: Names }) {
  const columns: Column<Share>[] = [
    {
      title: title === 'People' ? 'Person' : title.slice(0, -1),
      value: (s) => s.name ?? names.engagement.get(s.subject) ?? `…${s.subject.slice(-8)}`,
    },
    { title: 'Share', value: (s) => s.part, show: (s) => percent(s.part), numeric: true },
    { title: 'Of the whole', value: () => '', show: (s) => <PartBar part={s.part} /> },
    { title: 'Weight shown', value: (s) => s.shown, show: (s) => count(s.shown), numeric: true },
    { title: 'Records', value: (s) => s.records, show: (s) => count(s.records), numeric: true },
  ];
  return (
    <div className="panel">
      <Title order={3} mb={4}>
        {title}
      </Title>
      {shares.length === 0 ? (
        <Text c="dimmed">Nothing of it was shown to any.</Text>
      ) : (
        <DataTable
          caption={`Shares of ${title.toLowerCase()}`}
          rows={shares}
          columns={columns}
          id={(s) => s.subject}
        />
      )}
    </div>
  );
}

type Coalition = Figures['coalitions'][number];

function Coalitions({ coalitions }: { coalitions: Coalition[] }) {
  if (coalitions.length === 0) return null;
  const columns: Column<Coalition>[] = [
    { title: 'Together', value: (c) => c.people, show: (c) => counted(c.people, 'person', 'people') },
    { title: 'Found', value: (c) => c.part, show: (c) => percent(c.part), numeric: true },
    { title: 'At most', value: (c) => c.partAtMost, show: (c) => percent(c.partAtMost), numeric: true },
    {
      title: 'Of the whole',
      value: () => '',
      show: (c) => <PartBar part={c.part} atMost={c.partAtMost} />,
    },
  ];
  return (
    <div className="panel">
      <Title order={3} mb={4}>
        Any few people together
      </Title>
      <DataTable
        caption="Shares of people together"
        rows={coalitions}
        columns={columns}
        id={(c) => String(c.people)}
        filterable={false}
      />
      <Text c="dimmed" mt={4}>
        Found: what the worst choice of so many people that was found could have. At most, lighter in the bar:
        no choice of so many has more.
      </Text>
    </div>
  );
}

function Meaning() {
  return (
    <details>
      <summary>What these figures say, and what they do not</summary>
      <ul>
        <li>
          They say what was shown at least once, and so could have been kept. Reading twice adds nothing.
        </li>
        <li>They do not say that anybody kept or passed on anything, nor what people understood.</li>
        <li>
          An engagement has what its people were shown while they worked under it; what they had read before
          is theirs.
        </li>
        <li>
          A host that holds the keys too could have everything. Its figure means something where the vault
          runs on another machine, or under another user.
        </li>
        <li>
          Every published version counts. Somebody who has read only the newest stands lower than what that is
          worth: compare people, and watch the change.
        </li>
        <li>The weights are the lab's own: a measure for policy, not of information.</li>
      </ul>
    </details>
  );
}
