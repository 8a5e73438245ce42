import type { ReactNode } from 'react';
import { EvaluationBar, isEvaluation } from '../session/evaluation-bar';
import { VaultAway } from '../session/vault-away';
import { Brand } from './brand';

/** The frame of pages for people who are not signed in. */
export function PublicShell({ children }: { children: ReactNode }) {
  return (
    <>
      <header>
        {isEvaluation() && <EvaluationBar />}
        <VaultAway />
        <div className="top">
          <Brand />
        </div>
      </header>
      <main id="main">{children}</main>
    </>
  );
}
