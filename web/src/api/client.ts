import createClient from 'openapi-fetch';
import { ApiProblem, type ProblemDetails, Unreachable } from './problem';
import type { paths } from './schema';

/** The typed client. Same origin only: the cookie is the credential and never leaves it. */
export const http = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => send(request),
});

/**
 * Asks the server; where it wants a signature or a fresh passkey first, gives it and asks again.
 * @returns The last answer. Rejects with a TypeError where there is none.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  // Looked up per call, so that tests can replace it.
  let response = await globalThis.fetch(request);
  // Loaded where it is needed: who signs nothing does without.
  if (response.status === 428) response = await (await import('./signing')).signed(again, response);
  if (response.status === 403) response = await (await import('./step-up')).steppedUp(again, response);
  return response;
}

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Waits for an answer and hands out its body.
 * @throws {ApiProblem} The server refused.
 * @throws {Unreachable} There was no answer.
 */
export async function ask<T>(call: Promise<Outcome<T>>): Promise<T> {
  return (await askFull(call)).data;
}

/** As {@link ask}, with the response's headers (entity tags). */
export async function askFull<T>(call: Promise<Outcome<T>>): Promise<{ data: T; response: Response }> {
  const outcome = await settle(call);
  if (!outcome.response.ok) throw toProblem(outcome.response.status, outcome.error);
  return { data: outcome.data as T, response: outcome.response };
}

async function settle<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call;
  } catch (error) {
    // fetch rejects with a TypeError when there is no answer; anything else is a fault of ours.
    if (error instanceof TypeError) throw new Unreachable(error);
    throw error;
  }
}

export function toProblem(status: number, body: unknown): ApiProblem {
  return new ApiProblem(status, typeof body === 'object' && body !== null ? (body as ProblemDetails) : {});
}

/** An entity tag as `If-Match` wants it. */
export const quoted = (version: number | string) => `"${version}"`;

export function etagOf(response: Response): string {
  return response.headers.get('ETag') ?? '"0"';
}

/**
 * Asks without the generated types.
 * @returns Undefined where the answer has no body.
 */
export async function askPlain<T>(method: string, path: string, body?: unknown, etag?: string): Promise<T> {
  const headers = new Headers();
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (etag !== undefined) headers.set('If-Match', etag);
  return ask<T>(plain(new Request(new URL(path, location.origin), { method, headers, body: json(body) })));
}

const json = (body: unknown) => (body === undefined ? undefined : JSON.stringify(body));

async function plain<T>(request: Request): Promise<Outcome<T>> {
  const response = await send(request);
  const text = await response.text();
  const read = text === '' ? undefined : (JSON.parse(text) as unknown);
  return response.ok ? { data: read as T, response } : { error: read, response };
}
