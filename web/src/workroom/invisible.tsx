import { createContext, Fragment, memo, useContext } from 'react';
import styles from './workroom.module.css';

/**
 * Characters that change or hide what a text says without showing: directional controls (UAX #9), zero-width and
 * other format characters, controls, tags. Tab and line ends are no secret.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

const names: Record<number, string> = {
  0xad: 'SHY',
  0x61c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x2028: 'LS',
  0x2029: 'PS',
  0x202a: 'LRE',
  0x202b: 'RLE',
  0x202c: 'PDF',
  0x202d: 'LRO',
  0x202e: 'RLO',
  0x2060: 'WJ',
  0x2066: 'LRI',
  0x2067: 'RLI',
  0x2068: 'FSI',
  0x2069: 'PDI',
  0xfeff: 'BOM',
};

/** A joiner belongs inside an emoji, and between letters of scripts that join. */
const JOINS =
  /[\p{Extended_Pictographic}\p{M}\uFE0F]$|(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{L}$/u;

export function nameOfUnseen(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xe0000) return `TAG ${String.fromCharCode(code - 0xe0000).trim()}`.trim();
  return names[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in parts; the odd ones are single characters that cannot be seen. */
export function splitUnseen(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    const joiner = character === '\u200d' || character === '\u200c';
    if (joiner && JOINS.test(text.slice(Math.max(0, index - 2), index))) continue;
    parts.push(text.slice(from, index), character);
    from = index + character.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The text with ⟦names⟧ in place of what cannot be seen: for where it becomes markup. */
export function spellUnseen(text: string): string {
  return splitUnseen(text)
    .map((part, index) => (index % 2 ? `⟦${nameOfUnseen(part)}⟧` : part))
    .join('');
}

/** Whether unseen characters are marked, for everything below. */
export const MarkUnseen = createContext(true);

/**
 * A text as it is, with labelled marks for what cannot be seen. The character itself stays in the page (what is copied
 * or marked is the text), shut in an isolate, where it can turn nothing round.
 */
export const Visible = memo(function Visible({ text }: { text: string }) {
  const on = useContext(MarkUnseen);
  if (!on) return text;
  const parts = splitUnseen(text);
  if (parts.length === 1) return text;
  return parts.map((part, index) =>
    index % 2 ? (
      <bdi key={index} className={styles.unseen} data-name={`⟦${nameOfUnseen(part)}⟧`}>
        {part}
      </bdi>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
});
