import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { MarkUnseen, nameOfUnseen, spellUnseen, splitUnseen, Visible } from './invisible';

test('Visible_DirectionTurnedRound_IsMarkedByNameAndShutIn', () => {
  const { container } = render(<Visible text={'pay \u202Eevil\u202C now'} />);
  const marks = [...container.querySelectorAll('bdi')];
  expect(marks.map((mark) => mark.dataset.name)).toEqual(['⟦RLO⟧', '⟦PDF⟧']);
  // What is copied, and counted for spans, is the text itself.
  expect(container.textContent).toBe('pay \u202Eevil\u202C now');
});

test('Visible_TurnedOff_IsTheTextAlone', () => {
  const { container } = render(
    <MarkUnseen value={false}>
      <Visible text={'a\u200Bb'} />
    </MarkUnseen>,
  );
  expect(container.querySelector('bdi')).toBeNull();
});

test('splitUnseen_JoinersWhereTheyBelong_AreNoSecret', () => {
  expect(splitUnseen('👩‍🚀 می‌خواهم')).toHaveLength(1);
  expect(splitUnseen('pass\u200Dword')).toHaveLength(3);
});

test('spellUnseen_TagsAndControls_HaveNames', () => {
  expect(spellUnseen('x\u{E0041}\u0007')).toBe('x⟦TAG A⟧⟦U+0007⟧');
  expect(nameOfUnseen('\uFEFF')).toBe('BOM');
  expect(spellUnseen('tab\tand\nline')).toBe('tab\tand\nline');
});
