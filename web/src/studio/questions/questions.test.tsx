import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderScreen } from '../../test/render';
import { serve } from '../../test/server';
import Questions from './questions';

const project = '0190aaaa-0000-7000-8000-0000000000b1';
const at = `/api/labs/north/projects/${project}`;

test('Questions_AnsweredForAll_GoesIntoTheChosenSection', async () => {
  const server = serve({
    [`GET ${at}/questions`]: () => ({
      body: [
        {
          id: 'q1',
          askedAt: '2026-11-22T10:00:00Z',
          by: 'a1',
          slot: 's1',
          text: 'What if <both> are wrong?',
          published: false,
        },
      ],
    }),
    [`GET ${at}/guidelines/draft`]: () => ({
      body: { sections: [{ key: 'goal', title: 'Goal', body: '', questions: [] }] },
      etag: '"1"',
    }),
    [`POST ${at}/questions/q1/answer`]: () => undefined,
  });
  renderScreen(<Questions lab="north" project={project} />);
  await userEvent.click(await screen.findByRole('button', { name: 'What if <both> are wrong?' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText(/Answer/), 'Choose equal.');
  await userEvent.click(dialog.getByLabelText(/Put question and answer/));
  await userEvent.selectOptions(await dialog.findByLabelText('Into the section'), 'goal');
  await userEvent.click(dialog.getByRole('button', { name: 'Answer and put into the draft' }));
  expect(await screen.findByText('What if <both> are wrong?')).toBeDefined();
  expect(server.to('/answer')[0]!.body).toEqual({ text: 'Choose equal.', publish: true, section: 'goal' });
});
