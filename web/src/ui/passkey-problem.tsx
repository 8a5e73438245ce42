import { CeremonyCancelled } from '../session/webauthn';
import { Notice, ProblemNotice } from './notice';

export function PasskeyProblem({ error }: { error: unknown }) {
  if (error instanceof CeremonyCancelled) {
    return (
      <Notice tone="attention" title="No passkey was used" live>
        The prompt was closed or ran out. Nothing has changed; try again when you are ready.
      </Notice>
    );
  }
  return <ProblemNotice error={error} />;
}
