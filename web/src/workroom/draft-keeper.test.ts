import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem';
import type { Answers } from '../api/types';
import { DraftKeeper, type DraftPorts, type SaveState } from './draft-keeper';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const text = (value: string): Answers => ({ why: { text: value } });

function keeper(save: DraftPorts['save']) {
  const states: SaveState[] = [];
  const order: string[] = [];
  const made = new DraftKeeper(0, {
    save: (answers, version) => {
      order.push(`save ${answers.why?.text} on ${version}`);
      return save(answers, version);
    },
    keep: (answers) => {
      order.push(`keep ${answers.why?.text}`);
      return Promise.resolve(true);
    },
    forget: () => {
      order.push('forget');
      return Promise.resolve();
    },
    changed: (state) => void states.push(state),
  });
  return { made, states, order, kinds: () => states.map((state) => state.kind) };
}

test('edit_HandRests_KeepsHereThenSavesThenForgets', async () => {
  const { made, order, kinds } = keeper((_, version) => Promise.resolve(version + 1));
  made.edit(text('a'));
  made.edit(text('ab'));
  await vi.advanceTimersByTimeAsync(700);
  expect(order).toEqual(['keep ab', 'save ab on 0', 'forget']);
  expect(kinds()).toEqual(['unsaved', 'unsaved', 'saving', 'saved']);
  expect(made.head).toBe(1);
});

test('edit_HandStillTyping_IsKeptHereAlready', async () => {
  const { made, order } = keeper((_, version) => Promise.resolve(version + 1));
  made.edit(text('a'));
  await vi.advanceTimersByTimeAsync(1);
  expect(order).toEqual(['keep a']);
});

test('edit_WhileSaving_SavesTheNewestOnTopAndSaysSavedOnce', async () => {
  let finish = () => {};
  const first = new Promise<void>((resolve) => (finish = resolve));
  const { made, order, kinds } = keeper(async (_, version) => {
    if (version === 0) await first;
    return version + 1;
  });
  made.edit(text('a'));
  await vi.advanceTimersByTimeAsync(700);
  made.edit(text('ab'));
  finish();
  await vi.runAllTimersAsync();
  // Kept once on the version it was typed on, and once more on the one that the server has made since.
  expect(order).toEqual(['keep a', 'save a on 0', 'keep ab', 'keep ab', 'save ab on 1', 'forget']);
  expect(kinds().filter((kind) => kind === 'saved')).toHaveLength(1);
});

test('edit_LineIsDown_StaysKeptAndIsSentWhenItIsBack', async () => {
  let up = false;
  const { made, order, states } = keeper((_, version) =>
    up ? Promise.resolve(version + 1) : Promise.reject(new Unreachable('down')),
  );
  made.edit(text('a'));
  await vi.advanceTimersByTimeAsync(700);
  expect(states.at(-1)).toEqual({ kind: 'offline', kept: true });
  expect(order).not.toContain('forget');
  up = true;
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(states.at(-1)?.kind).toBe('saved');
  expect(order.at(-1)).toBe('forget');
});

test('edit_AnotherTabSavedFirst_WaitsForAWordThenSavesOnTop', async () => {
  let theirs = 7;
  const { made, kinds, order } = keeper((_, version) => {
    if (version !== theirs) return Promise.reject(new ApiProblem(412, { code: 'draft-conflict' }));
    return Promise.resolve(++theirs);
  });
  made.edit(text('mine'));
  await vi.runAllTimersAsync();
  expect(kinds().at(-1)).toBe('conflict');
  made.settle(7, text('mine'));
  await vi.runAllTimersAsync();
  expect(kinds().at(-1)).toBe('saved');
  expect(order).toContain('save mine on 7');
});

test('close_WithUnsavedWords_SavesThemOnceMore', async () => {
  const { made, order } = keeper((_, version) => Promise.resolve(version + 1));
  made.edit(text('last'));
  await made.close();
  expect(order).toEqual(['keep last', 'save last on 0', 'forget']);
});

test('close_LineIsDown_EndsAndLeavesThemKept', async () => {
  const { made, order } = keeper(() => Promise.reject(new Unreachable('down')));
  made.edit(text('last'));
  await made.close();
  expect(order).toEqual(['keep last', 'save last on 0']);
});

test('stop_AtSubmit_SavesNothingMore', async () => {
  const { made, order } = keeper((_, version) => Promise.resolve(version + 1));
  made.edit(text('a'));
  made.stop();
  await vi.runAllTimersAsync();
  expect(order).toEqual([]);
});
