import { expect, test } from 'vitest';
import { ActiveTime } from './active-time';

const seconds = (n: number) => n * 1000;

test('tick_AtWork_Counts', () => {
  const time = new ActiveTime(0);
  time.tick(seconds(5), true);
  expect(time.seconds).toBe(5);
});

test('tick_PausedOrHidden_DoesNotCount', () => {
  const time = new ActiveTime(0);
  time.tick(seconds(5), false);
  time.tick(seconds(7), true);
  expect(time.seconds).toBe(2);
});

test('tick_NoSignOfLifeForAMinute_DoesNotCountUntilTheNextSign', () => {
  const time = new ActiveTime(0);
  for (let now = 1; now <= 120; now++) time.tick(seconds(now), true);
  expect(time.seconds).toBe(59);
  time.sign(seconds(120));
  time.tick(seconds(121), true);
  expect(time.seconds).toBe(60);
});
