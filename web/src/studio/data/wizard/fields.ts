import type { CsvShape, FileFormat } from '../../../api/types';

/** The parts of an item that a field of a file can become. */
export const parts = [
  ['prompt', 'Prompt'],
  ['a', 'First response'],
  ['b', 'Second response'],
  ['responses', 'Responses, a list'],
  ['text', 'Text to mark or to judge'],
  ['image', 'Image, by its file name'],
  ['id', 'External id'],
] as const;

/** What an import is to do; the same words as the interface's. */
export interface Plan {
  format: FileFormat;
  csv: { [part in keyof CsvShape]-?: NonNullable<CsvShape[part]> };
  /** Of CoNLL: what becomes an item. */
  unit: 'sentence' | 'document';
  /** Part of an item → field of the file. */
  map: Record<string, string>;
  badRows: 'keep' | 'refuse';
  update: 'refuse' | 'update' | 'skip';
}

export const delimiters: [string, string][] = [
  ['', 'found by itself'],
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
];

export const encodings: [string, string][] = [
  ['', 'found by itself'],
  ['utf-8', 'UTF-8'],
  ['utf-16', 'UTF-16'],
  ['windows-1252', 'Windows-1252 (Western)'],
  ['iso-8859-15', 'ISO 8859-15 (Western, with euro)'],
  ['windows-1251', 'Windows-1251 (Cyrillic)'],
  ['shift_jis', 'Shift JIS (Japanese)'],
  ['gb18030', 'GB 18030 (Chinese)'],
  ['euc-kr', 'EUC-KR (Korean)'],
];

export const formats: Record<FileFormat, string> = {
  jsonl: 'JSONL: one JSON object per line',
  json: 'JSON: one array of objects',
  csv: 'CSV: a table, any delimiter',
  conll: 'CoNLL: one token per line, sentences apart',
};

/** The format that a file's name tells; JSONL where it tells none. */
export function formatOf(fileName: string): FileFormat {
  const ending = /\.([^.]+)$/.exec(fileName.toLowerCase())?.[1] ?? '';
  if (ending === 'json') return 'json';
  if (['csv', 'tsv', 'tab'].includes(ending)) return 'csv';
  if (['conll', 'bio', 'iob', 'iob2'].includes(ending)) return 'conll';
  return 'jsonl';
}

export const newPlan = (fileName: string): Plan => ({
  format: formatOf(fileName),
  csv: { delimiter: '', encoding: '', quote: '"', header: true },
  unit: 'sentence',
  map: {},
  badRows: 'keep',
  update: 'refuse',
});

/** What the interface is told: nothing about what is to be found by itself. */
export function requestOf(plan: Plan) {
  const { map, badRows, update } = plan;
  return { ...readingOf(plan), map: filled(map), badRows, update };
}

/** How the file is to be read. */
export function readingOf({ format, csv, unit }: Plan) {
  if (format === 'conll') return { format, conll: { unit } };
  if (format !== 'csv') return { format };
  const { delimiter, encoding, quote, header } = csv;
  return {
    format,
    csv: {
      ...(delimiter ? { delimiter } : {}),
      ...(encoding ? { encoding } : {}),
      ...(quote ? { quote } : {}),
      header,
    },
  };
}

export const filled = (map: Record<string, string>) =>
  Object.fromEntries(Object.entries(map).filter(([, field]) => field.trim() !== ''));

/** What is missing before the plan can be carried out, in a sentence; null where nothing is. */
export function missing({ map, format }: Plan): string | null {
  const has = (part: string) => (map[part] ?? '').trim() !== '';
  if (format === 'conll' || has('text') || has('image') || has('responses') || has('prompt')) {
    return has('a') === has('b') ? null : 'A pair needs both responses.';
  }
  return has('a') && has('b') ? null : 'Say which field is the prompt, the text, the image or the responses.';
}
