import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http, toProblem } from '../../api/client';
import { Unreachable } from '../../api/problem';
import type { Import } from '../../api/types';
import { inProject, projectKey } from '../keys';

export function useImports(lab: string, project: string, running: boolean) {
  return useQuery({
    queryKey: projectKey(lab, project, 'imports'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/imports', inProject(lab, project))),
    refetchInterval: running ? 1_000 : false,
  });
}

/** One import with its bad rows. */
export function useImport(lab: string, project: string, id: string | null) {
  return useQuery({
    queryKey: projectKey(lab, project, 'imports', id),
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/imports/{import}', {
          params: { path: { lab, project, import: id! } },
        }),
      ),
    enabled: id !== null,
  });
}

export interface ImportRequest {
  file: File;
  map: Record<string, string>;
  badRows: 'keep' | 'refuse';
  /** Told how many bytes have gone out. */
  sent: (bytes: number) => void;
  signal: AbortSignal;
}

export function useNewImport(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, map, badRows, sent, signal }: ImportRequest) => {
      const made = await ask(
        http.POST('/api/labs/{lab}/projects/{project}/imports', {
          ...inProject(lab, project),
          body: { fileName: file.name, map, badRows },
        }),
      );
      await client.invalidateQueries({ queryKey: projectKey(lab, project, 'imports') });
      return upload(`/api/labs/${lab}/projects/${project}/imports/${made.id}/content`, file, sent, signal);
    },
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}

/** Streams a file as the request's body and tells what became of it. XMLHttpRequest, because fetch does not tell how far an upload is. */
function upload(
  url: string,
  file: File,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', 'application/x-ndjson');
    request.upload.onprogress = (event) => sent(event.loaded);
    request.onload = () =>
      request.status < 300
        ? resolve(JSON.parse(request.responseText) as Import)
        : reject(toProblem(request.status, parse(request.responseText)));
    request.onerror = () => reject(new Unreachable('upload'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
