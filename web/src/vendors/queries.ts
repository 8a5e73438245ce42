import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askFull, etagOf, http, quoted } from '../api/client';
import type { BriefRequest, TermsRequest } from '../api/types';
import { inLab } from '../studio/keys';

const peersKey = (lab: string) => ['lab', lab, 'peers'] as const;
const vendorsKey = (lab: string) => ['lab', lab, 'vendors'] as const;
const vendorKey = (lab: string, engagement: string, what: string) =>
  [...vendorsKey(lab), engagement, what] as const;

const at = (lab: string, engagement: string) => ({ path: { lab, engagement } });

/** Vendors' nodes that this lab is paired with, or about to be. */
export function usePeers(lab: string) {
  return useQuery({
    queryKey: peersKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/peers', inLab(lab))),
    // The other side confirms in its own time.
    refetchInterval: 10_000,
  });
}

export function usePairing(lab: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: peersKey(lab) });
  return {
    begin: useMutation({
      mutationFn: (address: string) =>
        ask(http.POST('/api/labs/{lab}/peers', { ...inLab(lab), body: { address } })),
      onSuccess,
    }),
    confirm: useMutation({
      mutationFn: ({ peer, fingerprint }: { peer: string; fingerprint: string }) =>
        ask(
          http.POST('/api/labs/{lab}/peers/{peer}/confirm', {
            params: { path: { lab, peer } },
            body: { fingerprint },
          }),
        ),
      onSuccess,
    }),
    end: useMutation({
      mutationFn: (peer: string) =>
        ask(http.DELETE('/api/labs/{lab}/peers/{peer}', { params: { path: { lab, peer } } })),
      onSuccess,
    }),
  };
}

/** Engagements that have terms with a vendor's node. */
export function useVendors(lab: string) {
  return useQuery({
    queryKey: vendorsKey(lab),
    queryFn: () => ask(http.GET('/api/labs/{lab}/vendors', inLab(lab))),
    refetchInterval: 15_000,
  });
}

/** The terms, with the version that a change is made of. */
export function useTerms(lab: string, engagement: string, there: boolean) {
  return useQuery({
    queryKey: vendorKey(lab, engagement, 'terms'),
    queryFn: async () => {
      const { data, response } = await askFull(
        http.GET('/api/labs/{lab}/vendors/{engagement}/terms', { params: at(lab, engagement) }),
      );
      return { ...data, etag: etagOf(response) };
    },
    enabled: there,
  });
}

export function useSetTerms(lab: string, engagement: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ terms, etag }: { terms: TermsRequest; etag: string }) =>
      ask(
        http.PUT('/api/labs/{lab}/vendors/{engagement}/terms', {
          params: at(lab, engagement),
          headers: { 'If-Match': etag },
          body: terms,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: vendorsKey(lab) }),
  });
}

/** What the vendor is or will be told of work. */
export function useBriefs(lab: string, engagement: string) {
  return useQuery({
    queryKey: vendorKey(lab, engagement, 'briefs'),
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/vendors/{engagement}/briefs', { params: at(lab, engagement) })),
  });
}

export function useWriteBrief(lab: string, engagement: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (brief: BriefRequest) =>
      ask(
        http.POST('/api/labs/{lab}/vendors/{engagement}/briefs', {
          params: at(lab, engagement),
          body: brief,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: vendorsKey(lab) }),
  });
}

/** Tells the vendor the revision that was looked at, and no other. */
export function usePublishBrief(lab: string, engagement: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ brief, revision }: { brief: string; revision: number }) =>
      ask(
        http.POST('/api/labs/{lab}/vendors/{engagement}/briefs/{brief}/publish', {
          params: { path: { lab, engagement, brief } },
          headers: { 'If-Match': quoted(revision) },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: vendorsKey(lab) }),
  });
}

/** The vendor's people, as the vendor states them. */
export function useAdmissions(lab: string, engagement: string) {
  return useQuery({
    queryKey: vendorKey(lab, engagement, 'admissions'),
    queryFn: () =>
      ask(http.GET('/api/labs/{lab}/vendors/{engagement}/admissions', { params: at(lab, engagement) })),
    refetchInterval: 15_000,
  });
}

export function useDecideAdmission(lab: string, engagement: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, admit }: { person: string; admit: boolean }) => {
      const params = { path: { lab, engagement, person } };
      return admit
        ? ask(http.POST('/api/labs/{lab}/vendors/{engagement}/admissions/{person}/approve', { params }))
        : ask(http.POST('/api/labs/{lab}/vendors/{engagement}/admissions/{person}/decline', { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: vendorsKey(lab) }),
  });
}
