import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, (() => void) | undefined>;

/**
 * Which entry of a key map an event means: a single character ("s", "3", "?"), or "submit" for Ctrl+Enter or
 * Cmd+Enter. Null where the keys keep quiet: while an input method composes, in fields where one types, under
 * other modifiers, while a dialog is open, and while a key is held down.
 */
export function meaningOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('[role=dialog]')) return null;
  if (event.repeat) return null;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey) return 'submit';
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key.length !== 1 || isTyping(target)) return null;
  return event.key.toLowerCase();
}

function isTyping(target: Element | null): boolean {
  if (!target) return false;
  if (target instanceof HTMLInputElement)
    return !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/**
 * Listens for keys on the whole page.
 * @param single False turns single-character keys off (WCAG 2.1.4); Ctrl+Enter stays.
 */
export function useKeys(keys: KeyMap, single: boolean) {
  const current = useRef({ keys, single });
  useEffect(() => {
    current.current = { keys, single };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const meaning = meaningOf(event);
      if (!meaning || (meaning !== 'submit' && !current.current.single)) return;
      const act = current.current.keys[meaning];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
