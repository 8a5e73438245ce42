import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Section } from '../../api/types';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import { Changes } from './changes';
import Guidelines from './guidelines';
import { SectionEditor } from './section-editor';
import { changesBetween, inWords, sectionsFor } from './sections';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

const section = (key: string, over: Partial<Section> = {}): Section => ({
  key,
  title: key,
  body: `About ${key}.`,
  questions: [],
  ...over,
});

const all = { question: '', tag: '' };

test('sectionsFor_EachReader_GetsNoMoreThanTheirs', () => {
  const sections = [
    section('open', { sensitivity: 'open' }),
    section('task'),
    section('staff', { sensitivity: 'staff' }),
  ];
  const keys = (reader: 'vendor' | 'expert' | 'reviewer') =>
    sectionsFor(sections, { reader, ...all }).map((s) => s.key);
  expect(keys('vendor')).toEqual(['open']);
  expect(keys('expert')).toEqual(['open', 'task']);
  expect(keys('reviewer')).toEqual(['open', 'task', 'staff']);
});

test('sectionsFor_TagAndQuestion_AreBothHeeded', () => {
  const sections = [section('german', { tags: ['language=de'] }), section('why', { questions: ['why'] })];
  const keys = (view: { question: string; tag: string }) =>
    sectionsFor(sections, { reader: 'expert', ...view }).map((s) => s.key);
  expect(keys({ question: 'tone', tag: 'language=de' })).toEqual(['german']);
  expect(keys({ question: 'why', tag: '' })).toEqual(['why']);
});

test('changesBetween_AddedChangedRemoved_StandInTheOrderOfTheLater', () => {
  const changes = changesBetween(
    [section('a'), section('gone'), section('b'), section('c')],
    [section('a'), section('b', { sensitivity: 'open' }), section('new'), section('c', { tags: [] })],
  );
  expect(changes.map(({ key, change }) => [key, change])).toEqual([
    ['a', 'same'],
    ['gone', 'removed'],
    ['b', 'changed'],
    ['new', 'added'],
    ['c', 'same'],
  ]);
  expect(inWords(changes)).toBe('1 new, 1 changed, 1 removed');
});

test('Changes_HostileWords_AreMarkedAsText', async () => {
  const { container } = renderScreen(
    <Changes
      changes={changesBetween(
        [section('a', { body: 'Be kind.' })],
        [section('a', { body: '<img src=x> kind.' })],
      )}
      titles={['Version 1', 'The draft']}
    />,
  );
  // The comparison is loaded when it is wanted.
  await screen.findAllByRole('mark');
  expect(container.querySelector('img')).toBeNull();
  expect(
    screen
      .getAllByRole('mark')
      .map((mark) => mark.textContent)
      .join(' '),
  ).toContain('<img');
});

test('Guidelines_Publish_ShowsWhatChangesFirst', async () => {
  const server = serve({
    [`GET ${at}/guidelines/draft`]: () => ({
      body: { sections: [section('a', { body: 'New words.' })] },
      etag: '"4"',
    }),
    [`GET ${at}/guidelines/versions`]: () => ({
      body: [{ number: 1, publishedAt: '2026-11-01T10:00:00Z', publishedBy: 'x' }],
    }),
    [`GET ${at}/guidelines/versions/1`]: () => ({
      body: { number: 1, sections: [section('a', { body: 'Old words.' })] },
    }),
    [`POST ${at}/guidelines/versions`]: () => ({ status: 201, body: { number: 2 } }),
    [`GET ${at}/form`]: () => ({ body: { version: 0, questions: [] }, etag: '"0"' }),
    [`GET ${at}/facets`]: () => ({ body: { facets: [] } }),
  });
  renderScreen(<Guidelines lab="north" project={project} />);
  await userEvent.click(await screen.findByRole('button', { name: /Publish a version/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Sections: 1 changed.');
  // Opened only now: looking at old versions is a disclosure.
  expect(server.to('/versions/1')).toHaveLength(1);
  await userEvent.click(dialog.getByRole('button', { name: 'Publish' }));
  await screen.findByText('Version 2 is published');
  expect(server.calls.find((call) => call.method === 'POST')!.headers.get('If-Match')).toBe('"4"');
});

test('changesBetween_AnotherWeight_IsAChange', () => {
  const [change] = changesBetween([section('a')], [section('a', { weight: 50 })]);
  expect(change!.change).toBe('changed');
});

test('SectionEditor_Weight_IsSetAndLeftToThePolicyWhenEmpty', async () => {
  const changes: Section[] = [];
  renderScreen(
    <SectionEditor
      section={section('a', { weight: 5 })}
      number={1}
      questions={[]}
      facets={[]}
      change={(next) => changes.push(next)}
      remove={() => undefined}
    />,
  );
  const weight = screen.getByLabelText('Weight');
  await userEvent.type(weight, '0');
  expect(changes.at(-1)!.weight).toBe(50);
  await userEvent.clear(weight);
  expect(changes.at(-1)!.weight).toBeNull();
});
