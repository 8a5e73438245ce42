import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { NoticeRow } from '../../api/types';
import { pseudonym, renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import { Bell } from './bell';
import { told } from './words';

const notice = (kind: string): NoticeRow => ({
  id: 'n1',
  kind: kind as NoticeRow['kind'],
  project: 'p1',
  code: 'amber tern',
  subject: 'x1',
  at: '2026-11-22T10:00:00Z',
  readAt: null,
});
const as = (role: 'annotator' | 'projectManager' | 'auditor') => ({ slug: 'north', role, pseudonym });

test('told_SameKind_LeadsEachToTheirOwnPlace', () => {
  expect(told(notice('batchPaused'), as('annotator')).to).toBe('/labs/north/work/p1');
  expect(told(notice('batchPaused'), as('projectManager')).to).toBe('/labs/north/studio/p1/batches?batch=x1');
  expect(told(notice('escalated'), as('auditor')).to).toBeUndefined();
});

test('told_KindOfANewerNode_IsNoFault', () => {
  expect(told(notice('eclipse'), as('annotator'))).toEqual({ words: 'Something happened', to: undefined });
});

test('Bell_Opened_ListsNoticesAndMarksWhatIsFollowed', async () => {
  let unread = 3;
  const server = serve({
    'GET /api/labs/north/notices': () => ({ body: { rows: [notice('returned')], unread, next: null } }),
    'POST /api/labs/north/notices/n1/read': () => {
      unread = 2;
      return undefined;
    },
  });
  renderScreen(<Bell />);
  await userEvent.click(await screen.findByRole('button', { name: 'Notices, 3 unread ones' }));
  await userEvent.click(await screen.findByRole('link', { name: 'An answer of yours came back' }));
  await expect.poll(() => server.to('/n1/read')).toHaveLength(1);
});

test('Bell_Escape_ClosesAndGivesTheFocusBack', async () => {
  serve({ 'GET /api/labs/north/notices': () => ({ body: { rows: [], unread: 0, next: null } }) });
  renderScreen(<Bell />);
  const bell = await screen.findByRole('button', { name: 'Notices' });
  await userEvent.click(bell);
  await screen.findByText('Nothing has happened that you need to know.');
  await userEvent.keyboard('{Escape}');
  expect(bell.getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(bell);
});
