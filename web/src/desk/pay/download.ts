import { toProblem } from '../../api/client';
import { Unreachable } from '../../api/problem';

/**
 * Has a file made and hands it to the person. It is made by a request of its own, so that no link can have it made.
 * @throws {ApiProblem} The server refused.
 */
export async function download(path: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(new Request(new URL(path, location.origin), { method: 'POST' }));
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) throw toProblem(response.status, await response.json().catch(() => null));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'payout';
  link.click();
  URL.revokeObjectURL(address);
}
