import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askPlain } from '../api/client';
import type { NoticeMail, NoticeTopic, OwnSession, Token, TokenMade, TokenScope } from '../api/types';

const sessionsKey = ['own', 'sessions'] as const;
const mailKey = ['own', 'mail'] as const;
const tokensKey = (lab: string) => ['lab', lab, 'tokens'] as const;

export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: () => askPlain<OwnSession[]>('GET', '/api/sessions'),
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => askPlain<void>('DELETE', `/api/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Tokens that still work: one's own, and for an owner everybody's. */
export function useTokens(lab: string) {
  return useQuery({
    queryKey: tokensKey(lab),
    queryFn: () => askPlain<Token[]>('GET', `/api/labs/${lab}/tokens`),
  });
}

export interface NewToken {
  name: string;
  scopes: TokenScope[];
  expiresAt: string;
}

export function useMakeToken(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: NewToken) => askPlain<TokenMade>('POST', `/api/labs/${lab}/tokens`, token),
    // The secret is shown once: it does not stay in the cache when its dialog is gone.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey(lab) }),
  });
}

export function useRevokeToken(lab: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => askPlain<void>('DELETE', `/api/labs/${lab}/tokens/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey(lab) }),
  });
}

export function useMail() {
  return useQuery({ queryKey: mailKey, queryFn: () => askPlain<NoticeMail>('GET', '/api/notices/email') });
}

function useMailAct<Given>(act: (given: Given) => Promise<NoticeMail | undefined>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (mail) =>
      mail ? client.setQueryData(mailKey, mail) : client.invalidateQueries({ queryKey: mailKey }),
  });
}

/** With an address: a code is mailed there. Without: the topics alone change. */
export const useAskMail = () =>
  useMailAct((asked: { topics: NoticeTopic[]; address?: string }) =>
    askPlain<NoticeMail>('PUT', '/api/notices/email', asked),
  );

export const useConfirmMail = () =>
  useMailAct((code: string) => askPlain<NoticeMail>('POST', '/api/notices/email/confirm', { code }));

export const useNoMail = () => useMailAct(() => askPlain<undefined>('DELETE', '/api/notices/email'));
