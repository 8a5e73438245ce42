import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inLab, projectKey } from '../keys';
import type { DisclosureFilter } from './filter';

/** Receipts of a project, newest first, a hundred at a time. */
export function useDisclosures(lab: string, project: string, filter: DisclosureFilter) {
  return useInfiniteQuery({
    queryKey: projectKey(lab, project, 'disclosures', filter),
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/disclosures', {
          params: { path: { lab, project }, query: { ...filter, before: pageParam, limit: 100 } },
        }),
      ),
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
