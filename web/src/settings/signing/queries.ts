import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../../api/client';
import {
  dropBrowserKey,
  findBrowserKey,
  makeBrowserKey,
  renameBrowserKey,
  toBase64Url,
} from '../../api/browser-key';

/** A key that somebody's opens and acts are signed with. */
export interface BrowserKey {
  id: string;
  /** Pseudonym. */
  person: string;
  name: string | null;
  /** Null: of the lab's own staff. */
  engagement: string | null;
  /** A point of P-256, uncompressed: 65 bytes, base64url. */
  publicKey: string;
  thumbprint: string;
  since: string;
  revokedAt: string | null;
  /** Not enrolled yet: it waits for a colleague's signature. */
  waiting: boolean;
}

const keysKey = (lab: string) => ['lab', lab, 'browser-keys'] as const;
const at = (lab: string) => `/api/labs/${lab}/browser-keys`;

export function useBrowserKeys(lab: string) {
  return useQuery({
    queryKey: keysKey(lab),
    queryFn: () => askPlain<BrowserKey[]>('GET', at(lab)),
    refetchInterval: 30_000,
  });
}

/** Which of a person's keys this browser has. One that a colleague has approved meanwhile is taken into use. */
export function useOwnKey(keys: BrowserKey[]) {
  return useQuery({
    queryKey: ['own-browser-key', ...keys.map((key) => key.id)],
    queryFn: async () => {
      for (const key of keys) {
        if (!key.waiting) await renameBrowserKey(key.thumbprint, key.id);
        if (await findBrowserKey([key.waiting ? key.thumbprint : key.id])) return key;
      }
      return null;
    },
  });
}

/** Makes a key here, and asks the lab to enrol it. */
export function useEnrolThisBrowser(lab: string) {
  return useAct(lab, async () => {
    const fresh = await makeBrowserKey();
    // Kept before it is asked for: a key that is enrolled and lost would have to be revoked.
    await fresh.keep(fresh.thumbprint);
    try {
      const key = await askPlain<BrowserKey>('POST', at(lab), { publicKey: toBase64Url(fresh.point) });
      if (!key.waiting) await renameBrowserKey(fresh.thumbprint, key.id);
    } catch (error) {
      await dropBrowserKey(fresh.thumbprint);
      throw error;
    }
  });
}

export const useApproveKey = (lab: string) =>
  useAct(lab, (id: string) => askPlain<BrowserKey>('POST', `${at(lab)}/${id}/approve`));

export const useRevokeKey = (lab: string) =>
  useAct(lab, async (id: string) => {
    await askPlain<void>('DELETE', `${at(lab)}/${id}`);
    await dropBrowserKey(id);
  });

function useAct<Given, Got>(lab: string, act: (given: Given) => Promise<Got>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: keysKey(lab) }),
  });
}
