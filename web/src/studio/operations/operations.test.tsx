import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import { OperateDialog } from './operate-dialog';
import { requestOf, type Wanted } from './request';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const wanted: Wanted = {
  kind: 'release',
  batch: 'b1',
  person: '',
  state: '',
  reason: '',
  priority: 5,
  to: '',
};

test('requestOf_SomethingMissing_IsNone', () => {
  expect(requestOf({ ...wanted, batch: '' })).toBeNull();
  expect(requestOf({ ...wanted, kind: 'return' })).toBeNull();
  expect(requestOf({ ...wanted, kind: 'reassign' })).toBeNull();
});

test('requestOf_StateOfAnotherKind_IsLeftOut', () => {
  expect(requestOf({ ...wanted, state: 'accepted' })).toEqual({ kind: 'release', batch: 'b1' });
});

test('OperateDialog_Previewed_IsDoneAndUndone', async () => {
  const sentence = 'Releases 3 slots, in the hands of 2 people.';
  const server = serve({
    [`GET ${at}/batches`]: () => ({ body: [{ id: 'b1', name: 'First', code: 'amber tern' }] }),
    'GET /api/labs/north/people': () => ({ body: [] }),
    [`POST ${at}/operations/preview`]: () => ({
      body: { id: null, slots: 3, people: 2, drafts: 1, undoable: true, sentence },
    }),
    [`POST ${at}/operations`]: () => ({
      body: { id: 'o1', slots: 3, people: 2, drafts: 1, undoable: true, sentence: 'Released 3 slots.' },
    }),
    [`POST ${at}/operations/o1/undo`]: () => ({ body: { slots: 2 } }),
  });
  renderScreen(
    <OperateDialog lab="north" project={project} first={{ batch: 'b1' }} close={() => undefined} />,
  );
  await screen.findByText(new RegExp(sentence));
  expect(server.to('/operations')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Take tasks back' }));
  await screen.findByText('Released 3 slots.');
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('Undone for 2');
  expect(server.to('/operations')[0]!.body).toEqual({ kind: 'release', batch: 'b1' });
});
