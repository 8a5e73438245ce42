import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ContentView } from './content';
import { compare } from './differences';
import { SafeMarkdown } from './markdown';

test('SafeMarkdown_RawHtml_IsDropped', () => {
  const { container } = render(
    <SafeMarkdown text={'before <img src=x onerror=alert(1)> <script>alert(1)</script> after'} />,
  );
  expect(container.querySelector('img, script')).toBeNull();
  expect(container.textContent).toContain('before');
});

test('SafeMarkdown_RemoteImage_BecomesWords', () => {
  const { container } = render(<SafeMarkdown text="![a tide table](https://evil.example/p.png)" />);
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toBe('[image: a tide table]');
});

test('SafeMarkdown_ScriptLink_HasNoAddress', () => {
  const { container } = render(<SafeMarkdown text="[x](javascript:alert(1))" />);
  expect(container.querySelector('a')?.getAttribute('href') ?? '').not.toContain('javascript');
});

test('SafeMarkdown_Link_OpensApartAndTellsNothing', () => {
  const { container } = render(<SafeMarkdown text="[x](https://example.org)" />);
  expect(container.querySelector('a')?.rel).toBe('noopener noreferrer');
});

test('ContentView_TextWithMarkup_IsShownAsItIs', () => {
  const { container } = render(<ContentView content="<b>no</b> **markup**" rendering="text" />);
  expect(container.textContent).toBe('<b>no</b> **markup**');
  expect(container.querySelector('b, strong')).toBeNull();
});

test('ContentView_Text_TakesItsOwnDirection', () => {
  const { container } = render(<ContentView content="مرحبا" rendering="text" />);
  expect(container.querySelector('.plain')?.getAttribute('dir')).toBe('auto');
});

test('compare_OneWordApart_MarksThatWord', () => {
  const changes = compare('high water twice a day', 'high water once a day');
  expect(changes.filter((c) => c.removed).map((c) => c.value)).toEqual(['twice']);
  expect(changes.filter((c) => c.added).map((c) => c.value)).toEqual(['once']);
});
