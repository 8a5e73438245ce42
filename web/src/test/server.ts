import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; body?: unknown; etag?: string } | undefined;
type Handler = (call: Call, match: string[]) => Answer | Promise<Answer>;

/** A server of a few routes behind `fetch`. Keys are "METHOD /path" with `*` for one part of the path. */
export function serve(routes: Record<string, Handler>) {
  const calls: Call[] = [];
  let down = false;
  const patterns = Object.entries(routes).map(([key, handler]) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`), handler };
  });
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text();
    const url = new URL(request.url);
    const call: Call = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    if (down) throw new TypeError('Failed to fetch');
    calls.push(call);
    for (const { method, path, handler } of patterns) {
      const match = method === call.method && path.exec(call.path);
      if (!match) continue;
      const answer = (await handler(call, match.slice(1))) ?? { status: 204 };
      return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), {
        status: answer.status ?? 200,
        headers: {
          'Content-Type': (answer.status ?? 200) < 400 ? 'application/json' : 'application/problem+json',
          ...(answer.etag ? { ETag: answer.etag } : {}),
        },
      });
    }
    return new Response(
      JSON.stringify({ code: 'not-found', detail: `no route: ${call.method} ${call.path}` }),
      { status: 404 },
    );
  });
  return {
    calls,
    to: (path: string) => calls.filter((call) => call.path.endsWith(path)),
    /** Cuts or restores the line. */
    cut: (value: boolean) => (down = value),
  };
}
