import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePeople } from '../people/queries';
import { isId } from './filter';
import { acts, purposes } from './words';

/** By whom, of what, what for, what and when. All of it stands in the address, so that a choice can be passed on. */
export function Filters({
  lab,
  search,
  set,
}: {
  lab: string;
  search: URLSearchParams;
  set: (name: string, value: string) => void;
}) {
  const people = usePeople(lab).data ?? [];
  const choice = (label: string, name: string, any: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={search.get(name) ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      data={[{ value: '', label: any }, ...data]}
    />
  );
  const time = (label: string, name: string) => (
    <TextInput
      label={label}
      type="datetime-local"
      value={search.get(name) ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
  return (
    <Group align="flex-end" gap="sm" role="search" aria-label="Filter receipts">
      {choice(
        'Person',
        'person',
        'anybody',
        people.map((p) => ({ value: p.pseudonym, label: p.name })),
      )}
      {choice('Act', 'act', 'any', options(acts))}
      {choice('For', 'purpose', 'anything', options(purposes))}
      <RecordField key={search.get('record')} value={search.get('record') ?? ''} set={set} />
      {time('From', 'from')}
      {time('To', 'to')}
      <Checkbox
        label="Leave out lab pages being loaded"
        mb={6}
        checked={search.get('pages') === 'out'}
        onChange={(event) => set('pages', event.currentTarget.checked ? 'out' : '')}
      />
    </Group>
  );
}

const options = (words: Record<string, string>) =>
  Object.entries(words)
    .filter(([, label]) => label !== '')
    .map(([value, label]) => ({ value, label }));

function RecordField({ value, set }: { value: string; set: (name: string, value: string) => void }) {
  const [text, setText] = useState(value);
  const wrong = text !== '' && !isId(text.trim());
  const settle = () => {
    if (!wrong && text.trim() !== value) set('record', text.trim());
  };
  return (
    <TextInput
      label="Record"
      placeholder="id of an item, an answer, …"
      classNames={{ input: 'mono' }}
      w={240}
      value={text}
      error={wrong ? 'The whole id, as “copy” gives it.' : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  );
}
