import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Question } from '../../api/types';
import { ApiProblem } from '../../api/problem';
import { Kept } from '../../workroom/kept';
import { pseudonym, renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import { check, faultsFrom } from './check';
import FormTab from './form';
import { optionsFrom } from './option-rows';
import { clean, newQuestion } from './types';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

const choice = (over: Partial<Question> = {}): Question => ({
  key: 'tone',
  type: 'choice',
  title: 'Which tone?',
  required: true,
  options: [
    { value: 'calm', label: 'Calm' },
    { value: 'angry', label: 'Angry' },
  ],
  ...over,
});

const text = (over: Partial<Question> = {}): Question => ({
  key: 'why',
  type: 'text',
  title: 'Why?',
  required: false,
  maxLength: 100,
  ...over,
});

function node(questions: Question[] = [], version = questions.length === 0 ? 0 : 1) {
  let saved = { version, questions };
  return serve({
    [`GET ${at}/form`]: () => ({ body: saved, etag: `"${saved.version}"` }),
    [`PUT ${at}/form`]: (call) => {
      if (call.headers.get('If-Match') !== `"${saved.version}"`)
        return { status: 412, body: { code: 'changed' } };
      saved = { version: saved.version + 1, questions: (call.body as typeof saved).questions };
      return { body: saved, etag: `"${saved.version}"` };
    },
    [`GET ${at}/forms`]: () => ({ body: [] }),
    [`GET ${at}/items`]: () => ({ body: { rows: [], next: null } }),
  });
}

test('check_DependsOnAnAnswerThatIsGone_SaysSo', () => {
  const form = [choice(), text({ showIf: { question: 'tone', is: ['furious'] } })];
  expect(check(form)[1]).toHaveProperty('showIf');
  expect(check([form[0]!, text({ showIf: { question: 'tone', is: ['angry'] } })])[1]).toEqual({});
});

test('check_DependsOnALaterQuestion_SaysSo', () => {
  expect(check([text({ showIf: { question: 'tone', is: ['calm'] } }), choice()])[0]).toHaveProperty('showIf');
});

test('check_SameValueOrHotkeyTwice_StandsAtTheSecond', () => {
  const options = [
    { value: 'x', label: 'X', key: 'a' },
    { value: 'x', label: 'Y', key: 'A' },
  ];
  expect(Object.keys(check([choice({ options })])[0]!)).toEqual(['options.1.value', 'options.1.key']);
});

test('check_TwoQuestionsOfOneKey_StandsAtTheSecond', () => {
  const [first, second] = check([choice(), text({ key: 'tone' })]);
  expect(first).toEqual({});
  expect(second).toHaveProperty('key');
});

test('clean_MembersOfAnotherType_AreLeftOut', () => {
  expect(clean({ ...text({ help: '' }), options: [], points: 5 })).toEqual({
    key: 'why',
    type: 'text',
    title: 'Why?',
    required: false,
    maxLength: 100,
  });
});

test('newQuestion_KeyTaken_TakesTheNext', () => {
  expect(newQuestion('choice', [choice({ key: 'choice' })]).key).toBe('choice-2');
});

test('optionsFrom_ValueLabelAndKey_AreTold', () => {
  expect(optionsFrom('a\n\nb\tBee\nc\tSea\ts\n')).toEqual([
    { value: 'a', label: 'a' },
    { value: 'b', label: 'Bee' },
    { value: 'c', label: 'Sea', key: 's' },
  ]);
});

test('faultsFrom_WhatTheServerNames_StandsThere', () => {
  const form = [choice(), text()];
  const errors = { 'questions[1].options[0].label': ['Too long.'], other: ['What?'] };
  const told = faultsFrom(new ApiProblem(400, { errors }), form);
  expect(told.faults).toEqual([{}, { 'options.0.label': 'Too long.' }]);
  expect(told.all).toBe(false);
  expect(faultsFrom(new ApiProblem(400, { field: 'why', detail: 'Too many.' }), form)).toEqual({
    faults: [{}, { '': 'Too many.' }],
    all: true,
  });
});

test('FormTab_NewChoice_IsSavedWithItsOptionsAndHotkeys', async () => {
  const server = node();
  renderScreen(<FormTab lab="north" project={project} />);
  await userEvent.selectOptions(await screen.findByLabelText('Add a question'), 'choice');
  await userEvent.click(screen.getByRole('button', { name: 'Save as version 1' }));
  expect(await screen.findByText('Say what is asked.')).toBeDefined();
  expect(server.calls.some((call) => call.method === 'PUT')).toBe(false);

  await userEvent.type(screen.getByLabelText(/What is asked/), 'Is it safe?');
  const first = within(screen.getByRole('group', { name: 'Options, 1' }));
  await userEvent.type(first.getByLabelText('Hotkey'), 'y');
  await userEvent.selectOptions(screen.getByLabelText('Asked'), 'preference');
  await userEvent.click(screen.getByLabelText('equal'));
  await userEvent.click(screen.getByRole('button', { name: 'Save as version 1' }));
  await screen.findByText('Version 1 is in force for new batches.');
  expect(server.calls.find((call) => call.method === 'PUT')!.body).toMatchObject({
    questions: [
      { type: 'pairwise' },
      { type: 'text' },
      {
        key: 'choice',
        type: 'choice',
        title: 'Is it safe?',
        showIf: { question: 'preference', is: ['tie'] },
        options: [{ value: 'yes', label: 'Yes', key: 'y' }, { value: 'no' }],
      },
    ],
  });
});

test('FormTab_LeftUnsaved_IsBackAndSealedOnDisk', async () => {
  node([choice()]);
  const first = renderScreen(<FormTab lab="north" project={project} />);
  await userEvent.type(await screen.findByLabelText(/What is asked/), ' Truly');
  first.unmount();
  const store = await Kept.open(pseudonym);
  await waitFor(async () => expect(await store.get('edit', `form/${project}`)).not.toBeNull());

  node([choice()]);
  renderScreen(<FormTab lab="north" project={project} />);
  await screen.findByText('What you had not saved is back');
  expect(screen.getByLabelText<HTMLInputElement>(/What is asked/).value).toBe('Which tone? Truly');
  await userEvent.click(screen.getByRole('button', { name: 'Drop the changes' }));
  await waitFor(() =>
    expect(screen.getByLabelText<HTMLInputElement>(/What is asked/).value).toBe('Which tone?'),
  );
  await waitFor(async () => expect(await store.get('edit', `form/${project}`)).toBeNull());
  store.close();
});

test('FormTab_HostileTitle_IsTextEverywhere', async () => {
  node([choice({ title: '<img src=x onerror=alert(1)>', help: '<script>1</script>' })]);
  const { container } = renderScreen(<FormTab lab="north" project={project} />);
  await screen.findAllByText(/<img src=x/);
  expect(container.querySelector('img, script')).toBeNull();
});
