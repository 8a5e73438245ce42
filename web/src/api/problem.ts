/** RFC 9457 problem details as the server sends them. `code` is stable; `detail` is a sentence to act on. */
export interface ProblemDetails {
  code?: string;
  title?: string;
  detail?: string;
  status?: number;
  /** The field at fault, where there is one. */
  field?: string;
  /** Messages per field, for invalid input. */
  errors?: Record<string, string[]>;
  /** Why work stopped, where `code` is `suspended`. */
  reason?: string;
  /** What is wrong, where `code` is `vault-unavailable`: `store`, `custodian`, `connection` or `ledger`. */
  trouble?: string;
  /** The version to be read, where `code` is `guidelines-unread`. */
  version?: number;
}

/** The server answered, and the answer was no. */
export class ApiProblem extends Error {
  readonly code: string;

  constructor(
    readonly status: number,
    readonly details: ProblemDetails,
  ) {
    super(details.detail ?? details.title ?? `The server answered ${status}.`);
    this.name = 'ApiProblem';
    this.code = details.code ?? `http-${status}`;
  }
}

/** No answer: the line is down, or the server is. What was asked may or may not have happened. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'Unreachable';
  }
}

/** Worth asking again without a change: no answer, too many requests, or a server that is starting or broken. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof ApiProblem && (error.status === 429 || error.status === 408 || error.status >= 500))
  );
}

export function hasCode(error: unknown, code: string): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code;
}

export function hasStatus(error: unknown, status: number): error is ApiProblem {
  return error instanceof ApiProblem && error.status === status;
}

/** The vault, its store, its custodian or its ledger is not there or not fit: nothing is opened or sealed until it is. */
export const isVaultAway = (error: unknown): error is ApiProblem => hasCode(error, 'vault-unavailable');
