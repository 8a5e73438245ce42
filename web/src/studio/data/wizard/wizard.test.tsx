import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { ImportPreview } from '../../../api/types';
import { renderScreen } from '../../../test/render';
import { serve, type Call } from '../../../test/server';
import { base64Url } from '../sending';
import { formatOf, missing, newPlan, requestOf } from './fields';
import { ImportWizard } from './wizard';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

/** What went out by XMLHttpRequest, which the server of `fetch` does not see. */
interface Upload {
  method: string;
  url: string;
  headers: Record<string, string>;
}

function uploads(answer: (upload: Upload) => { status: number; body: unknown }) {
  const sent: Upload[] = [];
  class Request {
    upload: { onprogress?: (event: { loaded: number }) => void } = {};
    status = 0;
    responseText = '';
    onload?: () => void;
    onabort?: () => void;
    private readonly made: Upload = { method: '', url: '', headers: {} };
    open(method: string, url: string) {
      Object.assign(this.made, { method, url });
    }
    setRequestHeader(name: string, value: string) {
      this.made.headers[name] = value;
    }
    abort() {
      this.onabort?.();
    }
    send(body: Blob) {
      sent.push(this.made);
      this.upload.onprogress?.({ loaded: body.size });
      const { status, body: text } = answer(this.made);
      this.status = status;
      this.responseText = JSON.stringify(text);
      queueMicrotask(() => this.onload?.());
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return sent;
}

const row = { item: null, gold: null, facets: null, fault: null };

const preview: ImportPreview = {
  format: 'csv',
  delimiter: ';',
  fields: ['frage', 'x', 'y'],
  suggested: { prompt: 'frage' },
  fault: null,
  rows: [
    { ...row, line: 1, item: { prompt: '<img src=x onerror=alert(1)>', a: 'one', b: 'two' } },
    { ...row, line: 2, fault: 'The row has no second response.' },
  ],
};

const made = (over: object) => ({
  id: 'i1',
  state: 'done',
  fileName: 'pairs.csv',
  rows: 2,
  imported: 1,
  bad: 1,
  bytes: 20,
  createdAt: '2026-11-22T10:00:00Z',
  endedAt: null,
  badRows: [],
  ...over,
});

function show(previews: Call[] = []) {
  const server = serve({
    [`POST ${at}/imports/preview`]: (call) => {
      previews.push(call);
      return { body: preview };
    },
    [`POST ${at}/imports`]: () => ({ status: 201, body: { id: 'i1' } }),
    [`POST ${at}/imports/i1/done`]: () => ({ body: made({ imported: 2, bad: 0 }) }),
  });
  const rendered = renderScreen(
    <ImportWizard
      lab="north"
      project={project}
      questions={[{ key: 'tone', type: 'choice', title: 'Which tone?', required: true }]}
      facets={['language']}
      rows={undefined}
      running={() => undefined}
      showBad={() => undefined}
    />,
  );
  const input = (index: number) =>
    rendered.container.querySelectorAll<HTMLInputElement>('input[type=file]')[index]!;
  return { server, input, ...rendered };
}

test.each([
  ['a.jsonl', 'jsonl'],
  ['a.JSON', 'json'],
  ['a.b.tsv', 'csv'],
  ['wikigold.conll', 'conll'],
  ['noending', 'jsonl'],
])('formatOf_%s_Is%s', (name, format) => {
  expect(formatOf(name)).toBe(format);
});

test('requestOf_WhatIsFoundByItself_IsNotSent', () => {
  expect(requestOf({ ...newPlan('a.csv'), map: { prompt: 'p', a: '' } })).toEqual({
    format: 'csv',
    csv: { quote: '"', header: true },
    map: { prompt: 'p' },
    badRows: 'keep',
    update: 'refuse',
  });
});

test('missing_OneResponseOfTwo_IsSaid', () => {
  const plan = newPlan('a.csv');
  expect(missing({ ...plan, map: { prompt: 'p', a: 'x' } })).toContain('both responses');
  expect(missing({ ...plan, map: { a: 'x', b: 'y' } })).toBeNull();
  expect(missing({ ...plan, map: {} })).not.toBeNull();
  expect(missing(newPlan('a.conll'))).toBeNull();
});

test('ImportWizard_CsvFile_IsPreviewedMappedAndSent', async () => {
  const previews: Call[] = [];
  const sent = uploads(() => ({ status: 200, body: made({}) }));
  const { server, input, container } = show(previews);
  await userEvent.upload(input(0), new File(['frage;x;y\n1;2;3\n'], 'pairs.csv'));

  const rows = within(await screen.findByRole('list', { name: 'First rows' }));
  expect(rows.getByText('The row has no second response.')).toBeDefined();
  expect(rows.getByText('<img src=x onerror=alert(1)>')).toBeDefined();
  expect(container.querySelector('img')).toBeNull();
  expect(screen.getByLabelText<HTMLSelectElement>('Prompt').value).toBe('frage');

  await userEvent.selectOptions(screen.getByLabelText('First response'), 'x');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true);
  await userEvent.selectOptions(screen.getByLabelText('Second response'), 'y');
  await waitFor(() => expect(previews).toHaveLength(3));
  expect(previews[2]!.body).toMatchObject({
    fileName: 'pairs.csv',
    format: 'csv',
    map: { prompt: 'frage', a: 'x', b: 'y' },
    sample: btoa('frage;x;y\n1;2;3\n'),
  });

  await userEvent.selectOptions(screen.getByLabelText(/external id is there/), 'update');
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  await screen.findByText('The file has been taken in, but for 1 bad row');
  expect(server.calls.find((call) => call.path === `${at}/imports`)!.body).toMatchObject({
    fileName: 'pairs.csv',
    format: 'csv',
    map: { prompt: 'frage', a: 'x', b: 'y' },
    update: 'update',
  });
  expect(sent.map(({ method, url }) => [method, url])).toEqual([['PUT', `${at}/imports/i1/content`]]);
});

test('ImportWizard_FileKnown_IsTakenAgainOnlyWhenAsked', async () => {
  const sent = uploads((upload) =>
    upload.url.endsWith('?again=true')
      ? { status: 200, body: made({ bad: 0 }) }
      : { status: 409, body: { code: 'file-known' } },
  );
  const { input } = show();
  await userEvent.upload(input(0), new File(['{}'], 'pairs.jsonl'));
  await userEvent.selectOptions(await screen.findByLabelText('First response'), 'x');
  await userEvent.selectOptions(screen.getByLabelText('Second response'), 'y');
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Take it in again' }));
  await screen.findByText('The file has been taken in');
  expect(sent).toHaveLength(2);
});

test('ImportWizard_Images_KeepTheirNamesOutOfTheAddress', async () => {
  const sent = uploads(() => ({ status: 201, body: {} }));
  const { server, input } = show();
  await userEvent.upload(input(1), [
    new File(['1'], 'geheim ü.png', { type: 'image/png' }),
    new File(['2'], 'b.png', { type: 'image/png' }),
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  await screen.findByText('The file has been taken in');
  expect(sent.map((upload) => upload.url)).toEqual([`${at}/imports/i1/images`, `${at}/imports/i1/images`]);
  expect(sent[0]!.headers).toEqual({ 'Content-Type': 'image/png', 'X-File-Name': base64Url('geheim ü.png') });
  expect(base64Url('geheim ü.png')).toBe('Z2VoZWltIMO8LnBuZw');
  expect(server.calls.at(-1)!.path).toBe(`${at}/imports/i1/done`);
});
