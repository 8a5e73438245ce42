import { expect, test } from 'vitest';
import { isPerson } from './words';

test('isPerson_PseudonymOfZerosOrNone_IsTheNodeItself', () => {
  expect(isPerson({ pseudonym: '00000000-0000-0000-0000-000000000000' })).toBe(false);
  expect(isPerson(null)).toBe(false);
  expect(isPerson({ pseudonym: '0190aaaa-0000-7000-8000-0000000000b1' })).toBe(true);
});
