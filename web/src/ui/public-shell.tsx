import type { ReactNode } from 'react';
import { VaultAway } from '../session/vault-away';
import { Brand } from './brand';

/** The frame of pages for people who are not signed in. */
export function PublicShell({ children }: { children: ReactNode }) {
  return (
    <>
      <VaultAway />
      <header className="top">
        <Brand />
      </header>
      <main id="main">{children}</main>
    </>
  );
}
