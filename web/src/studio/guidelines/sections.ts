import type { ChangeKind, Section, SectionChange, Sensitivity } from '../../api/types';

export type Reader = 'expert' | 'vendor' | 'reviewer';

export const readers: Record<Reader, string> = {
  expert: 'an expert',
  vendor: 'the vendor',
  reviewer: 'a reviewer',
};

export const sensitivities: Record<Sensitivity, string> = {
  open: 'Open: the vendor may see it too',
  task: 'For the task: whoever works on it',
  staff: 'Reviewers and lab staff only',
};

const allowed: Record<Reader, readonly Sensitivity[]> = {
  vendor: ['open'],
  expert: ['open', 'task'],
  reviewer: ['open', 'task', 'staff'],
};

/** What is asked of a draft: who reads it, in a task with which question, of an item with which facet value. */
export interface View {
  reader: Reader;
  /** Empty: all questions. */
  question: string;
  /** "facet=value"; empty: an item with none of the tags. */
  tag: string;
}

/** The sections that somebody gets, by the same rules as the server's. */
export function sectionsFor(sections: readonly Section[], { reader, question, tag }: View): Section[] {
  return sections.filter(
    (section) =>
      allowed[reader].includes(section.sensitivity ?? 'task') &&
      (question === '' || section.questions.length === 0 || section.questions.includes(question)) &&
      ((section.tags ?? []).length === 0 || (section.tags ?? []).includes(tag)),
  );
}

export const tagsOf = (sections: readonly Section[]) =>
  [...new Set(sections.flatMap((section) => section.tags ?? []))].sort();

/** A section that does not say otherwise is for the task and for every item. */
export const whole = (section: Section): Section & { sensitivity: Sensitivity; tags: string[] } => ({
  ...section,
  sensitivity: section.sensitivity ?? 'task',
  tags: section.tags ?? [],
});

/** What became of each section, in the order of the later version; removed ones stand where they stood. */
export function changesBetween(before: readonly Section[], after: readonly Section[]): SectionChange[] {
  const changes = after.map((section): SectionChange => {
    const was = before.find((other) => other.key === section.key);
    if (!was) return { key: section.key, change: 'added', before: null, after: section };
    return { key: section.key, change: same(was, section) ? 'same' : 'changed', before: was, after: section };
  });
  before.forEach((section, index) => {
    if (after.some((other) => other.key === section.key)) return;
    const previous = before[index - 1];
    const at = previous ? changes.findIndex((change) => change.key === previous.key) + 1 : 0;
    changes.splice(at, 0, { key: section.key, change: 'removed', before: section, after: null });
  });
  return changes;
}

function same(x: Section, y: Section): boolean {
  return (
    x.title === y.title &&
    x.body === y.body &&
    (x.sensitivity ?? 'task') === (y.sensitivity ?? 'task') &&
    (x.weight ?? null) === (y.weight ?? null) &&
    sameSet(x.questions, y.questions) &&
    sameSet(x.tags ?? [], y.tags ?? [])
  );
}

const sameSet = (x: readonly string[], y: readonly string[]) =>
  x.length === y.length && x.every((value) => y.includes(value));

export const changeWords: Record<ChangeKind, string> = {
  added: 'New',
  removed: 'Removed',
  changed: 'Changed',
  same: 'Unchanged',
};

/** "2 new, 1 changed". */
export function inWords(changes: readonly SectionChange[]): string {
  const parts = (['added', 'changed', 'removed'] as const)
    .map((kind) => [kind, changes.filter((change) => change.change === kind).length] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${number} ${changeWords[kind].toLowerCase()}`);
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

/** A key that no section has: it stays when the title changes. */
export function newKey(sections: readonly Section[]): string {
  for (let number = sections.length + 1; ; number++) {
    const key = `section-${number}`;
    if (!sections.some((section) => section.key === key)) return key;
  }
}
