import { afterEach, expect, test } from 'vitest';
import { meaningOf } from './keys';

afterEach(() => document.body.replaceChildren());

function press(target: Element, init: KeyboardEventInit): string | null {
  document.body.append(target);
  let meaning: string | null = null;
  const listen = (event: KeyboardEvent) => void (meaning = meaningOf(event));
  addEventListener('keydown', listen);
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  removeEventListener('keydown', listen);
  return meaning;
}

const element = (name: string, attributes: Record<string, string> = {}) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

test.each(['1', 's', '?', 'R'])('meaningOf_%s_OnThePage_IsTheCharacter', (key) => {
  expect(press(element('div'), { key })).toBe(key.toLowerCase());
});

test('meaningOf_OnARadioButton_StillCounts', () => {
  expect(press(element('input', { type: 'radio' }), { key: '3' })).toBe('3');
});

test.each(['input', 'textarea', 'select'])('meaningOf_TypingIn_%s_IsQuiet', (name) => {
  expect(press(element(name), { key: 's' })).toBeNull();
});

test('meaningOf_CtrlEnterWhileTyping_IsThatKey', () => {
  expect(press(element('textarea'), { key: 'Enter', ctrlKey: true })).toBe('Ctrl+Enter');
  expect(press(element('textarea'), { key: 'Enter', metaKey: true })).toBe('Ctrl+Enter');
});

test('meaningOf_InputMethodComposing_IsQuiet', () => {
  expect(press(element('textarea'), { key: 'Enter', ctrlKey: true, isComposing: true })).toBeNull();
  expect(press(element('div'), { key: '1', isComposing: true })).toBeNull();
});

test('meaningOf_UnderOtherModifiers_IsNotTheCharacter', () => {
  expect(press(element('div'), { key: 's', ctrlKey: true })).toBe('Ctrl+s');
  expect(press(element('div'), { key: '1', altKey: true })).toBeNull();
});

test('meaningOf_HeldDown_CountsOnce', () => {
  expect(press(element('div'), { key: 's', repeat: true })).toBeNull();
});

test('meaningOf_InsideADialog_IsQuiet', () => {
  expect(press(element('div', { role: 'dialog' }), { key: 's' })).toBeNull();
});
