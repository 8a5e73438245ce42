import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inLab, projectKey } from '../keys';
import type { DisclosureFilter } from './filter';

/** Receipts of a project, or of the whole lab, newest first, a hundred at a time. */
export function useDisclosures(lab: string, project: string | undefined, filter: DisclosureFilter) {
  return useInfiniteQuery({
    queryKey: project ? projectKey(lab, project, 'disclosures', filter) : ['lab', lab, 'disclosures', filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => {
      const query = { ...filter, before: pageParam, limit: 100 };
      return project
        ? ask(
            http.GET('/api/labs/{lab}/projects/{project}/disclosures', {
              params: { path: { lab, project }, query },
            }),
          )
        : ask(http.GET('/api/labs/{lab}/disclosures', { params: { path: { lab }, query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useLedger(lab: string) {
  return useQuery({
    queryKey: ['lab', lab, 'ledger'],
    queryFn: () => ask(http.GET('/api/labs/{lab}/ledger', inLab(lab))),
    refetchInterval: 15_000,
  });
}

export function useReceipt(lab: string, sequence: number) {
  return useQuery({
    queryKey: ['lab', lab, 'receipt', sequence],
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/ledger/receipts/{sequence}', { params: { path: { lab, sequence } } })),
  });
}
