import type { ReactNode } from 'react';
import { Brand } from './brand';

/** The frame of pages for people who are not signed in. */
export function PublicShell({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="top">
        <Brand />
      </header>
      <main id="main">{children}</main>
    </>
  );
}
