import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../test/render';
import { serve } from '../../../test/server';
import { Searching } from './search';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const item = '0190aaaa-0000-7000-8000-0000000000c1';
const at = `/api/labs/north/projects/${project}`;

function node(state: string) {
  let now: string | null = null;
  const search = (over: object = {}) => ({
    id: 's1',
    state: now,
    text: null,
    field: null,
    scanned: 512,
    total: 1000,
    found: 1,
    items: [],
    requestedAt: '2026-11-22T10:00:00Z',
    expiresAt: '2030-01-01T00:00:00Z',
    ...over,
  });
  return serve({
    [`GET ${at}/searches`]: () => ({ body: now === null ? [] : [search()] }),
    [`POST ${at}/searches`]: () => {
      now = state;
      return { status: 201, body: search() };
    },
    [`GET ${at}/searches/s1`]: () => ({
      body: search({
        text: 'tide',
        items: [{ id: item, field: 'prompt', excerpt: '…the <b>tide</b> table…' }],
      }),
    }),
    [`DELETE ${at}/searches/s1`]: () => {
      now = 'cancelled';
      return undefined;
    },
  });
}

async function search() {
  await userEvent.type(screen.getByLabelText(/Words/), 'tide');
  await userEvent.click(screen.getByRole('button', { name: 'Search' }));
}

test('Searching_Hits_AreOpenedOnlyWhenAsked', async () => {
  const server = node('done');
  const { container } = renderScreen(<Searching lab="north" project={project} />);
  await search();
  const read = await screen.findByRole('button', { name: 'Read 1 hit' });
  expect(server.to('/s1')).toHaveLength(0);
  await userEvent.click(read);
  await screen.findByText('…the <b>tide</b> table…');
  expect(container.querySelector('b')).toBeNull();
  // What is looked for is as confidential as what is found: it is in no address.
  expect(server.calls.every((call) => !`${call.path}?${call.query}`.includes('tide'))).toBe(true);
});

test('Searching_Cancelled_SaysHowFarItGot', async () => {
  node('scanning');
  renderScreen(<Searching lab="north" project={project} />);
  await search();
  await userEvent.click(await screen.findByRole('button', { name: /^Cancel/ }));
  await screen.findByText('Cancelled');
  expect(screen.getByText('512 of 1,000 items looked through, 1 hit')).toBeDefined();
});
