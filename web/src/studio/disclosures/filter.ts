import type { Disclosure } from '../../api/types';

/** What a list of receipts is narrowed to. It stands in the address: ids, names of acts and times, nothing else. */
export interface DisclosureFilter {
  person?: string;
  record?: string;
  act?: string;
  purpose?: string;
  /** Id of the server process that asked. */
  process?: string;
  /** ISO 8601 moments. */
  from?: string;
  to?: string;
}

export function filterFrom(search: URLSearchParams): DisclosureFilter {
  return {
    person: search.get('person') ?? undefined,
    record: search.get('record') ?? undefined,
    act: search.get('act') ?? undefined,
    purpose: search.get('purpose') ?? undefined,
    process: search.get('process') ?? undefined,
    from: moment(search.get('from')),
    to: moment(search.get('to')),
  };
}

/** A moment from a field in the viewer's zone, as the interface takes it. */
export function moment(local: string | null): string | undefined {
  const time = local ? Date.parse(local) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A record's id: nothing else is sent to the server. */
export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const furniture = new Set(['project', 'batch', 'form', 'guidelineDraft', 'guidelineSection', 'import']);

/**
 * Whether a receipt tells no more than that lab staff loaded a page: names, form and guidelines, opened to look after
 * the project. Items, answers and everything of people is never counted among these.
 */
export function isPageLoad(row: Disclosure): boolean {
  return (
    row.act === 'open' &&
    row.purpose === 'manage' &&
    row.records.length > 0 &&
    row.records.every((record) => furniture.has(record.kind))
  );
}

/** The rows to show: by purpose, where an older node does not do it, and without page loads where those are left out. */
export function shownOf(
  rows: readonly Disclosure[],
  filter: DisclosureFilter,
  pageLoads: boolean,
): Disclosure[] {
  return rows.filter(
    (row) => (!filter.purpose || row.purpose === filter.purpose) && (pageLoads || !isPageLoad(row)),
  );
}
