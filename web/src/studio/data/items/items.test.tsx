import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../test/render';
import { serve } from '../../../test/server';
import { filterFrom, Items } from './items';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const row = (id: string) => ({
  id,
  batch: 'b1',
  import: 'i1',
  gold: false,
  slots: ['accepted', 'open', 'accepted'],
});

function node() {
  return serve({
    [`GET ${at}/items`]: (call) =>
      call.query.get('after') === 'one'
        ? { body: { rows: [row('item-two')], next: null } }
        : { body: { rows: [row('item-one')], next: 'one' } },
    [`GET ${at}/items/count`]: () => ({ body: { count: 2, exact: true } }),
    [`GET ${at}/batches`]: () => ({ body: [] }),
    [`GET ${at}/imports`]: () => ({ body: [] }),
    [`GET ${at}/facets`]: () => ({ body: { facets: ['language'] } }),
    [`GET ${at}/form`]: () => ({
      body: { version: 1, questions: [{ key: 'why', type: 'text', title: 'Why?', required: true }] },
      etag: '"1"',
    }),
    [`POST ${at}/items/item-one/gold`]: () => undefined,
    [`GET ${at}/items/item-one`]: () => ({
      body: { id: 'item-one', content: { prompt: '<script>steal()</script>' }, version: 1, receipt: 12 },
    }),
  });
}

test('filterFrom_FacetWithoutValue_IsNone', () => {
  expect(filterFrom(new URLSearchParams('facet=language')).facet).toBeUndefined();
  expect(filterFrom(new URLSearchParams('facet=language&value=de&gold=yes'))).toMatchObject({
    facet: 'language:de',
    gold: true,
  });
});

test('Items_FilteredAndPaged_AskTheServer', async () => {
  const server = node();
  renderScreen(<Items lab="north" project={project} />);
  await screen.findByText('2 items');
  expect(screen.getByText('1 open, 2 accepted')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await screen.findByRole('button', { name: '…item-two' });
  await userEvent.selectOptions(screen.getByLabelText('With a task that is'), 'returned');
  expect(server.to('/items').at(-1)!.query.get('state')).toBe('returned');
});

test('Items_Item_IsOpenedOnAPressOfItsOwn', async () => {
  const server = node();
  renderScreen(<Items lab="north" project={project} />);
  await userEvent.click(await screen.findByRole('button', { name: '…item-one' }));
  const drawer = within(await screen.findByRole('dialog'));
  expect(server.to('/item-one')).toHaveLength(0);
  await userEvent.click(drawer.getByRole('button', { name: 'Open the item' }));
  await drawer.findByText('<script>steal()</script>');
  expect(drawer.getByText('Opened with receipt 12, version 1.')).toBeDefined();
});

test('Items_MadeGold_SendsWhatIsRight', async () => {
  const server = node();
  renderScreen(<Items lab="north" project={project} />);
  await userEvent.click(await screen.findByRole('button', { name: '…item-one' }));
  const drawer = within(await screen.findByRole('dialog'));
  await userEvent.click(drawer.getByRole('button', { name: 'Open the item' }));
  await userEvent.click(await drawer.findByRole('button', { name: /make it gold/ }));
  await userEvent.click(drawer.getByRole('button', { name: 'Make it a gold item' }));
  expect(server.to('/gold')).toHaveLength(0);
  await userEvent.type(await drawer.findByLabelText(/1\. Why\?/), 'Because.');
  await userEvent.click(drawer.getByRole('button', { name: 'Make it a gold item' }));
  await drawer.findByText('It is a gold item');
  expect(server.to('/gold')[0]!.body).toEqual({ answers: { why: { text: 'Because.' } } });
});
