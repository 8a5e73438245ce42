import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Batch, BatchFigures } from '../../api/types';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Batches from './batches';
import { changeOf, codes, fieldsOf, newBatchOf, settingsOf, startFields, worstCost } from './fields';
import { consequence } from './state-dialogs';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

export const batch: Batch = {
  ...settingsOf({ ...startFields, price: 0.8, priceCap: 100 }),
  id: 'b1',
  code: 'amber tern',
  name: 'First',
  state: 'open',
  items: 40,
  overlap: 2,
  guidelineVersion: 1,
  formVersion: 1,
  openedAt: '2026-11-22T10:00:00Z',
  limit: null,
  pauseReason: null,
  pauseWords: null,
  revision: 7,
};

const ofBatch: BatchFigures = {
  id: 'b1',
  code: 'amber tern',
  state: 'open',
  items: 40,
  overlap: 2,
  deadline: null,
  open: 20,
  leased: 3,
  submitted: 7,
  accepted: 50,
  returned: 0,
  escalated: 0,
  cancelled: 0,
  spent: 4_000,
  currency: 'EUR',
  agreement: null,
  acceptance: null,
};

const routes = (over: Record<string, () => { body?: unknown; status?: number }> = {}) =>
  serve({
    [`GET ${at}/batches`]: () => ({ body: [batch] }),
    [`GET ${at}/figures`]: () => ({
      body: {
        batches: [ofBatch],
        stuck: [{ batch: 'b1', code: 'amber tern', open: 20, reason: 'nobodyQualified' }],
      },
    }),
    [`GET ${at}/operations`]: () => ({ body: [] }),
    [`GET ${at}/acceptances`]: () => ({ body: [] }),
    [`GET ${at}/guidelines/versions`]: () => ({ body: [{ number: 1 }, { number: 2 }] }),
    [`GET ${at}/forms`]: () => ({ body: [{ version: 1 }, { version: 2 }] }),
    [`GET ${at}/facets`]: () => ({ body: { facets: ['language'] } }),
    ...over,
  });

const show = (role: 'projectManager' | 'auditor' = 'projectManager') =>
  renderScreen(<Batches lab="north" project={project} />, { role });

test('settingsOf_MoneyAndMinutes_AreInTheServersUnits', () => {
  const settings = settingsOf({
    ...startFields,
    price: 0.29,
    priceCap: 50,
    currency: 'EUR',
    leaseMinutes: 20,
  });
  expect(settings).toMatchObject({ price: 29, priceCap: 5_000, currency: 'EUR', leaseSeconds: 1_200 });
  expect(settingsOf({ ...startFields, price: 30, currency: 'JPY' }).price).toBe(30);
});

test('settingsOf_NoPrice_LeavesOutCapAndCurrency', () => {
  expect(settingsOf({ ...startFields, priceCap: 5 })).toMatchObject({
    price: null,
    priceCap: null,
    currency: null,
  });
});

test('changeOf_OneSettingChanged_SendsThatAlone', () => {
  expect(changeOf(batch, fieldsOf(batch))).toEqual({});
  expect(changeOf(batch, { ...fieldsOf(batch), priority: 9 })).toEqual({ priority: 9 });
});

test('newBatchOf_FacetAndVersions_AreSentOnlyWhereChosen', () => {
  expect(newBatchOf(startFields)).not.toHaveProperty('filter');
  const chosen = {
    ...startFields,
    facet: 'language',
    facetValue: 'de',
    formVersion: '2',
    limit: 10 as const,
  };
  expect(newBatchOf(chosen)).toMatchObject({ filter: { language: 'de' }, formVersion: 2, limit: 10 });
});

test('worstCost_Cap_IsTheMost', () => {
  expect(worstCost({ ...startFields, price: 1, adaptive: true }, 10)).toBe(3_000);
  expect(worstCost({ ...startFields, price: 1, priceCap: 5 }, 10)).toBe(500);
});

test('codes_LineOfText_IsPartedAndEachOnce', () => {
  expect(codes(' Medicine, de  de;en ')).toEqual(['medicine', 'de', 'en']);
});

test('consequence_Cancel_SaysWhatIsKept', () => {
  expect(consequence('cancel', ofBatch)).toMatch(
    /20 open tasks will not be answered.*50 accepted answers are kept/,
  );
});

test('Batches_Stuck_IsToldWithTheReason', async () => {
  routes();
  show();
  expect(await screen.findByText(/nobody at the lab has the skills/)).toBeTruthy();
  expect(await screen.findByText('€40.00 of €100.00')).toBeTruthy();
});

test('Batches_Opened_SendsTheFieldsOnce', async () => {
  const server = routes({ [`POST ${at}/batches`]: () => ({ status: 201, body: batch }) });
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Open a batch…' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Pilot');
  await userEvent.type(screen.getByLabelText('Skills'), 'medicine');
  await userEvent.click(screen.getByRole('button', { name: 'Open the batch' }));
  await screen.findByText(/is open with 40 items/);
  const sent = server.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/batches'));
  expect(sent).toHaveLength(1);
  expect(sent[0]!.body).toMatchObject({
    name: 'Pilot',
    overlap: 2,
    leaseSeconds: 900,
    requires: { skills: ['medicine'], languages: [] },
  });
});

test('Batches_Paused_SaysWhatIsInHandAndSendsTheReason', async () => {
  const server = routes({ [`POST ${at}/batches/b1/pause`]: () => ({ body: { ...batch, state: 'paused' } }) });
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'First' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Pause…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/3 tasks in hand can be finished/)).toBeTruthy();
  await userEvent.selectOptions(dialog.getByLabelText('Reason'), 'qualityQuestion');
  await userEvent.click(dialog.getByRole('button', { name: 'Pause' }));
  await expect.poll(() => server.to('/pause')[0]?.body).toEqual({ reason: 'qualityQuestion' });
});

test('Batches_Moved_SaysWhatChangesForWhom', async () => {
  const server = routes({ [`POST ${at}/batches/b1/move`]: () => ({ body: batch }) });
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'First' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Move to other versions…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('option', { name: 'version 1, as now', hidden: true }).catch(() => undefined);
  await userEvent.selectOptions(dialog.getByLabelText('Guidelines'), '2');
  expect(
    dialog.getByText(/20 open tasks .* go by version 2 of the guidelines.*3 tasks in hand/),
  ).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Move' }));
  await expect.poll(() => server.to('/move')[0]?.body).toEqual({ guidelineVersion: 2 });
});

test('Batches_Auditor_HasNothingToAct', async () => {
  routes();
  show('auditor');
  await userEvent.click(await screen.findByRole('button', { name: 'First' }));
  expect(screen.queryByRole('button', { name: 'Pause…' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Draw a sample…' })).toBeNull();
});
