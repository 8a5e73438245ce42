import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, (() => void) | undefined>;

/** What a key does now, by its name from {@link meaningOf}. */
export type FindAct = (key: string) => (() => void) | undefined;

/**
 * The name of the key that an event means: a single character ("s", "3", "?") or, with Ctrl or Cmd, "Ctrl+Enter",
 * "Ctrl+m". Null where the keys keep quiet: while an input method composes, for characters in fields where one types,
 * with Alt, while a dialog is open, and while a key is held down.
 */
export function meaningOf(event: KeyboardEvent): string | null {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target?.closest('[role=dialog]')) return null;
  const name = nameOf(event);
  if (!name || name.startsWith('Ctrl+')) return name;
  return isTyping(target) ? null : name;
}

/** As {@link meaningOf}, wherever the key was pressed: for choosing a key. */
export function nameOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.keyCode === 229 || event.repeat || event.altKey) return null;
  const character = event.key.length === 1 && event.key !== ' ';
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'Enter') return 'Ctrl+Enter';
    return character ? `Ctrl+${event.key.toLowerCase()}` : null;
  }
  return character ? event.key.toLowerCase() : null;
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
 * @param single False turns single-character keys off (WCAG 2.1.4); those with Ctrl stay.
 */
export function useKeys(find: FindAct, single: boolean) {
  const current = useRef({ find, single });
  useEffect(() => {
    current.current = { find, single };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = meaningOf(event);
      if (!key || (!key.startsWith('Ctrl+') && !current.current.single)) return;
      const act = current.current.find(key);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
