import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DisclosedRecord, Progress } from '../api/types';
import { renderScreen } from '../test/render';
import { serve } from '../test/server';
import { stripPem } from './deliveries/new-delivery';
import { inShort } from './disclosures/disclosures';
import FormTab from './form/form';
import Guidelines from './guidelines/guidelines';
import { newKey } from './guidelines/sections';
import People from './people/people';
import { inWords, nextStep } from './project/project';
import Reports from './reports/reports';
import { SuspendDialog } from './suspend/suspend';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;
const slots = { open: 4, leased: 3, submitted: 0, accepted: 0, returned: 0, escalated: 0, cancelled: 0 };
const progress: Progress = {
  items: 7,
  slots,
  people: [
    { pseudonym: 'a', name: 'Ada', leased: 2, submitted: 0, accepted: 0, returned: 0, escalated: 0 },
    { pseudonym: 'b', name: 'Bo', leased: 1, submitted: 0, accepted: 0, returned: 0, escalated: 0 },
    { pseudonym: 'c', name: 'Cy', leased: 0, submitted: 5, accepted: 0, returned: 0, escalated: 0 },
  ],
};

test('inWords_Progress_IsOneLine', () => {
  expect(inWords(progress)).toBe(
    '7 items · 4 tasks open · 3 in hand · 0 to review · 0 accepted · 0 returned',
  );
});

test('nextStep_FromNothingToAllAccepted_LeadsOn', () => {
  const none = { ...slots, open: 0, leased: 0 };
  expect(nextStep({ ...progress, items: 0, slots: none })?.to).toBe('data');
  expect(nextStep({ ...progress, slots: none })?.to).toBe('batches');
  expect(nextStep(progress)).toBeNull();
  expect(nextStep({ ...progress, slots: { ...slots, submitted: 2 } })?.words).toBe('review 2 answers');
  expect(nextStep({ ...progress, slots: { ...none, accepted: 7 } })?.to).toBe('acceptance');
});

test('inShort_ItemAndSections_SaysWhatWasSeenBefore', () => {
  const record = (kind: DisclosedRecord['kind'], again: boolean): DisclosedRecord => ({
    kind,
    id: kind,
    version: 1,
    bytes: 512,
    again,
  });
  expect(
    inShort([record('item', false), record('guidelineSection', true), record('guidelineSection', false)]),
  ).toBe('1 item, 2 guideline sections (1 seen before), 1.50 KiB');
});

test('stripPem_KeyWithLines_LeavesBase64', () => {
  expect(stripPem('-----BEGIN PUBLIC KEY-----\nMFkw\nEwYH\n-----END PUBLIC KEY-----\n')).toBe('MFkwEwYH');
});

test('newKey_NumberTaken_TakesTheNext', () => {
  expect(newKey([{ key: 'section-2', title: '', body: '', questions: [] }])).toBe('section-3');
});

test('SuspendDialog_Confirmed_SaysWhatItDidWithItsReceipt', async () => {
  const server = serve({
    'POST /api/labs/north/suspensions/preview': () => ({
      body: { sentence: 'Stops 41 people in 3 projects; 12 answers in progress are kept.' },
    }),
    'POST /api/labs/north/suspensions': () => ({
      body: {
        suspension: 's',
        scope: 'project',
        id: project,
        reason: 'qualityQuestion',
        since: '2026-11-22T10:00:00Z',
        until: null,
        receipt: 42,
        lastDisclosure: 41,
        drill: false,
        inFlight: [40, 41],
        acknowledged: 3,
        expired: 1,
      },
    }),
  });
  renderScreen(
    <SuspendDialog
      lab="north"
      scope={{ scope: 'project', id: project }}
      name="Tides"
      close={() => undefined}
    />,
  );
  await screen.findByText('Stops 41 people in 3 projects; 12 answers in progress are kept.');
  await userEvent.selectOptions(screen.getByLabelText('Reason'), 'qualityQuestion');
  await userEvent.click(screen.getByRole('button', { name: 'Suspend now' }));
  const done = await screen.findByText(/receipt 42/);
  expect(done.textContent).toContain('The last disclosure before it is receipt 41');
  screen.getByText(/Acknowledged by 3 vault processes; 1 did not answer/);
  screen.getByText(/in 2 receipts \(40, 41\) may still have reached a person/);
  expect(server.to('/preview')[0]!.body).toEqual({ scope: 'project', id: project });
  expect(server.to('/suspensions')[0]!.body).toEqual({
    scope: 'project',
    id: project,
    reason: 'qualityQuestion',
    until: null,
    drill: false,
  });
});

test('Guidelines_SomebodyElseSavedFirst_OffersBothWays', async () => {
  let version = 1;
  const server = serve({
    [`GET ${at}/guidelines/draft`]: () => ({
      body: { sections: [{ key: 'a', title: 'Theirs', body: '', questions: [] }] },
      etag: `"${version}"`,
    }),
    [`PUT ${at}/guidelines/draft`]: (call) =>
      call.headers.get('If-Match') === `"${version}"`
        ? { body: call.body, etag: `"${++version}"` }
        : { status: 412, body: { code: 'changed' } },
    [`GET ${at}/guidelines/versions`]: () => ({ body: [] }),
    [`GET ${at}/form`]: () => ({ body: { version: 0, questions: [] }, etag: '"0"' }),
  });
  renderScreen(<Guidelines lab="north" project={project} />);
  const title = await screen.findByLabelText(/Title of section 1/);
  version = 5;
  await userEvent.type(title, '!');
  await userEvent.click(screen.getByRole('button', { name: 'Save draft' }));
  await userEvent.click(await screen.findByRole('button', { name: /Keep mine/ }));
  await screen.findByText('Saved');
  expect(server.to('/draft').at(-1)).toMatchObject({
    method: 'PUT',
    body: { sections: [{ title: 'Theirs!' }] },
  });
});

test('FormTab_NoFormYet_SavesTheStandardOne', async () => {
  const server = serve({
    [`GET ${at}/form`]: () => ({ body: { version: 0, questions: [] }, etag: '"0"' }),
    [`PUT ${at}/form`]: (call) => ({ body: { version: 1, ...(call.body as object) }, etag: '"1"' }),
  });
  renderScreen(<FormTab lab="north" project={project} />);
  await userEvent.selectOptions(await screen.findByLabelText('Scale'), '4');
  await userEvent.click(screen.getByRole('button', { name: 'Save as version 1' }));
  await screen.findByText('Version 1 is in force for new batches.');
  const sent = server.calls.find((call) => call.method === 'PUT')!;
  expect(sent.headers.get('If-Match')).toBe('"0"');
  expect(sent.body).toMatchObject({
    questions: [{ points: 4, tie: false, required: true }, { key: 'rationale' }],
  });
});

test('Reports_MoreThanOnePage_AreReadInOrder', async () => {
  const report = (id: string, text: string, skipped: boolean) => ({
    id,
    item: project,
    pseudonym: 'a',
    name: 'Ada',
    time: '2026-11-22T10:00:00Z',
    skipped,
    text,
  });
  serve({
    [`GET ${at}/reports`]: (call) =>
      call.query.get('before') === 'r2'
        ? { body: { rows: [report('r1', 'cut off <b>here</b>', false)], next: null } }
        : { body: { rows: [report('r2', 'not my trade', true)], next: 'r2' } },
  });
  renderScreen(<Reports lab="north" project={project} />);
  await screen.findByText('not my trade');
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier ones' }));
  await screen.findByText('cut off <b>here</b>');
  expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull();
});

test('People_Invite_ShowsTheLinkOnce', async () => {
  const server = serve({
    'GET /api/labs/north/people': () => ({ body: [] }),
    'GET /api/labs/north/invitations': () => ({ body: [] }),
    'GET /api/labs/north/suspensions': () => ({ body: [] }),
    'POST /api/labs/north/invitations': () => ({
      status: 201,
      body: { link: 'http://lab.localhost/enrol#abc', token: 'abc', expires: '2030-01-01T00:00:00Z' },
    }),
  });
  renderScreen(<People />, { role: 'projectManager' });
  await userEvent.click(screen.getByRole('button', { name: 'Invite somebody' }));
  expect(screen.queryByRole('radio', { name: 'Project manager' })).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: 'Reviewer' }));
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }));
  expect((await screen.findByLabelText('enrolment link')).textContent).toBe('http://lab.localhost/enrol#abc');
  expect(server.calls.find((call) => call.method === 'POST')!.body).toEqual({
    role: 'reviewer',
    engagement: null,
  });
});
