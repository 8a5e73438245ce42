import { toProblem } from '../../api/client';
import { hasCode, Unreachable } from '../../api/problem';

export interface Sending {
  method: 'PUT' | 'POST';
  url: string;
  body: Blob;
  type: string;
  /** The name travels in a header: addresses stand in logs, and names can be confidential. */
  fileName?: string;
  /** Told how many bytes have gone out. */
  sent?: (bytes: number) => void;
  signal: AbortSignal;
}

/**
 * Streams a file as a request's body; where the server wants a signature first, signs and streams it again.
 * XMLHttpRequest, because fetch does not tell how far an upload is.
 */
export async function send<T>(sending: Sending): Promise<T> {
  try {
    return await stream<T>(sending, []);
  } catch (error) {
    const proofs =
      hasCode(error, 'sign') && (await (await import('../../api/signing')).headersFor(error.details));
    if (!proofs) throw error;
    return stream<T>(sending, proofs);
  }
}

function stream<T>(
  { method, url, body, type, fileName, sent, signal }: Sending,
  headers: readonly (readonly [string, string])[],
): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => new DOMException('The upload was cancelled.', 'AbortError');
    if (signal.aborted) return reject(aborted());
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader('Content-Type', type);
    if (fileName !== undefined) request.setRequestHeader('X-File-Name', base64Url(fileName));
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => sent?.(event.loaded);
    request.onload = () =>
      request.status < 300
        ? resolve(parse(request.responseText) as T)
        : reject(toProblem(request.status, parse(request.responseText)));
    request.onerror = () => reject(new Unreachable('upload'));
    request.onabort = () => reject(aborted());
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

export const isCancelled = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Base64 of bytes, in steps that the call stack can take. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

export const base64Url = (text: string) =>
  base64(new TextEncoder().encode(text)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
