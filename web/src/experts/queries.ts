import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { makeBrowserKey, renameBrowserKey, takePoint } from '../api/browser-key';
import { ask, http } from '../api/client';
import { sessionKey } from '../session/session';
import { createPasskey } from '../session/webauthn';

/** What a vendor's statement lets in to. Looking does not use it up. */
export function useStatementLook(statement: string | null) {
  return useQuery({
    // The statement stays out of the query key: keys show in developer tools.
    queryKey: ['expert-enrolment'],
    queryFn: () => ask(http.POST('/api/experts/look', { body: { statement: statement ?? '' } })),
    enabled: statement !== null,
    staleTime: Infinity,
  });
}

/** Makes the browser's key and leaves for the vendor, who states whose it is and sends the browser back. */
export function useGoToVendor() {
  return useMutation({
    mutationFn: async ({ vendor, lab }: { vendor: string; lab: string }) => {
      const key = await makeBrowserKey();
      await key.keep(key.thumbprint);
      const back = `${location.origin}/experts`;
      const words = new URLSearchParams({ lab, jkt: key.thumbprint, back });
      location.assign(`${vendor}/me/enrol-at-lab#${words}`);
    },
  });
}

/** Enrols this browser with a passkey and the key that the statement names; signs in. */
export function useExpertEnrolment(statement: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const thumbprint = confirmationOf(statement);
      const browserKey = thumbprint && (await takePoint(thumbprint));
      if (!browserKey) throw new OtherBrowser();
      const options = await ask(http.POST('/api/experts/passkey/options', { body: { statement } }));
      const credential = await createPasskey(options);
      const enrolled = await ask(http.POST('/api/experts', { body: { statement, browserKey, credential } }));
      await renameBrowserKey(thumbprint, enrolled.key);
      return enrolled;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** The statement names a key that another browser made. */
export class OtherBrowser extends Error {}

/** `cnf.jkt` of a compact JWS (RFC 7800 §3); null where it names none. It is the lab that checks the statement. */
export function confirmationOf(statement: string): string | null {
  try {
    const payload = statement.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(payload)) as { cnf?: { jkt?: string } };
    return claims.cnf?.jkt ?? null;
  } catch {
    return null;
  }
}
