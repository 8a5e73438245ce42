import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SuspensionScope } from '../../api/types';
import { useHere } from '../../session/membership';
import { isId } from '../../studio/disclosures/filter';
import type { Scope } from '../../studio/suspend/queries';
import { SuspendForm } from '../../studio/suspend/suspend-form';
import { Dialog } from '../../ui/dialog';
import { useBudgets } from '../budgets/queries';
import { useNames, type Names } from '../names';

const scopes: [SuspensionScope, string][] = [
  ['project', 'A project'],
  ['person', 'A person'],
  ['engagement', 'An engagement: all people of a vendor'],
  ['process', 'A server process'],
  ['export', 'Exports: packages that leave'],
  ['model', 'Sends to models'],
  ['lab', 'The whole lab'],
];

/** Suspends any of the scopes that there are; what it touches is said before it is done. */
export function NewSuspension({ lab, close }: { lab: string; close: () => void }) {
  const names = useNames(lab);
  const processes = useProcesses(lab);
  const [scope, setScope] = useState<SuspensionScope>('project');
  const [chosen, setChosen] = useState('');
  const [destination, setDestination] = useState('');
  const choices = choicesOf(scope, names, processes);
  const wrong = destination.trim() !== '' && !isId(destination.trim());
  const whole = scopeOf(scope, choices ? chosen : destination.trim());
  return (
    <Dialog title="Suspend" close={close} size="lg">
      <Stack gap="sm">
        <NativeSelect
          label="What to stop"
          value={scope}
          onChange={(event) => {
            setScope(event.currentTarget.value as SuspensionScope);
            setChosen('');
            setDestination('');
          }}
          data={scopes.map(([value, label]) => ({ value, label }))}
        />
        {choices && (
          <NativeSelect
            label="Which"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            // None beforehand: what is stopped is somebody's choice, not the first of a list.
            data={[{ value: '', label: 'Choose…' }, ...choices]}
            error={choices.length === 0 ? 'There is none at this lab.' : undefined}
          />
        )}
        {(scope === 'export' || scope === 'model') && (
          <TextInput
            label={scope === 'export' ? 'Recipient' : 'Model'}
            description={`Its id, as receipts name it. Empty: ${scope === 'export' ? 'all exports' : 'any model'}.`}
            value={destination}
            onChange={(event) => setDestination(event.currentTarget.value)}
            error={wrong ? 'An id looks like 0190aaaa-0000-7000-8000-00000000a001.' : undefined}
          />
        )}
        {whole && !wrong && (
          <SuspendForm key={`${whole.scope} ${whole.id}`} lab={lab} scope={whole} close={close} />
        )}
      </Stack>
    </Dialog>
  );
}

function scopeOf(scope: SuspensionScope, id: string): Scope | null {
  if (scope === 'lab' || ((scope === 'export' || scope === 'model') && id === '')) return { scope };
  return id === '' ? null : { scope, id };
}

interface Choice {
  value: string;
  label: string;
}

/** Null where there is nothing to choose among. */
function choicesOf(scope: SuspensionScope, names: Names, processes: Choice[]): Choice[] | null {
  switch (scope) {
    case 'project':
    case 'person':
    case 'engagement':
      return [...names[scope]].map(([value, label]) => ({ value, label }));
    case 'process':
      return processes;
    default:
      return null;
  }
}

/** The server that answers this page, and those that have opened anything. */
function useProcesses(lab: string): Choice[] {
  const here = useHere().session.process;
  const seen = useBudgets(lab).data ?? [];
  const others = seen.filter(({ kind, subject }) => kind === 'process' && subject !== here);
  return [
    { value: here, label: `${here} (the one that answers you)` },
    ...others.map(({ subject }) => ({ value: subject, label: subject })),
  ];
}
