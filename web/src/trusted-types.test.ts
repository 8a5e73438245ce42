import { expect, test } from 'vitest';
import { onlyStyleText } from './trusted-types';

test('onlyStyleText_Css_Passes', () => {
  expect(onlyStyleText(':root{--a:1px}')).toBe(':root{--a:1px}');
});

test('onlyStyleText_AnythingThatOpensATag_IsRefused', () => {
  expect(() => onlyStyleText('a{}</style><img src=x>')).toThrow(TypeError);
});
