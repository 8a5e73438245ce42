import { Stack, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useLatestForm } from '../form/queries';
import { Facets } from './facets';
import { BadRows, Imports } from './imports';
import { Items } from './items/items';
import { useFacets, useImports } from './queries';
import { Searching } from './search/search';
import { ImportWizard } from './wizard/wizard';

const views = { import: 'Import', items: 'Items', search: 'Search' } as const;
type View = keyof typeof views;
const isView = (name: string | null): name is View => name !== null && name in views;

/** The items of a project: how they come in, which there are, and what stands in them. */
export default function Data({ lab, project }: { lab: string; project: string }) {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('view');
  const view = isView(wanted) ? wanted : 'import';
  return (
    <Tabs
      value={view}
      onChange={(next) => setSearch(next === 'import' ? {} : { view: next ?? '' }, { replace: true })}
      variant="outline"
      keepMounted={false}
    >
      <Tabs.List aria-label="Parts of the data" mb="md">
        {Object.entries(views).map(([key, name]) => (
          <Tabs.Tab key={key} value={key}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="import">
        <Importing lab={lab} project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="items">
        <Items lab={lab} project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="search">
        <Searching lab={lab} project={project} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Importing({ lab, project }: { lab: string; project: string }) {
  const [running, setRunning] = useState(false);
  const imports = useImports(lab, project, running);
  const form = useLatestForm(lab, project);
  const facets = useFacets(lab, project);
  const [chosen, setChosen] = useState<string | null>(null);
  const receiving = imports.data?.find((i) => i.state === 'receiving');
  return (
    <Stack gap="lg">
      <ImportWizard
        lab={lab}
        project={project}
        questions={form.data?.questions ?? []}
        facets={facets.data?.facets ?? []}
        rows={receiving?.rows}
        running={setRunning}
        showBad={setChosen}
      />
      <Imports
        lab={lab}
        project={project}
        imports={imports.data}
        error={imports.error}
        retry={() => void imports.refetch()}
        showBad={setChosen}
      />
      {chosen && <BadRows lab={lab} project={project} id={chosen} />}
      <Facets lab={lab} project={project} />
    </Stack>
  );
}
