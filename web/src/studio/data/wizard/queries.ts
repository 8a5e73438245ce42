import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../../api/client';
import type { Import, ImportPreview, NewImport } from '../../../api/types';
import { inProject, projectKey } from '../../keys';
import { base64, send } from '../sending';
import { filled, readingOf, requestOf, type Plan } from './fields';

/** How much of a file's beginning goes out for the preview. */
export const SAMPLE_BYTES = 256 * 1024;

/** Reads the beginning of a file as the import would. The server keeps nothing of it. */
export function usePreviewImport(lab: string, project: string) {
  return useMutation({
    mutationFn: async ({ file, plan }: { file: File; plan: Plan }) => {
      const sample = base64(new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer()));
      return ask(
        http.POST('/api/labs/{lab}/projects/{project}/imports/preview', {
          ...inProject(lab, project),
          body: { fileName: file.name, ...readingOf(plan), map: filled(plan.map), sample },
        }),
      ) as Promise<ImportPreview>;
    },
  });
}

export interface Errand {
  /** The table of items; null where each image is to become an item. */
  file: File | null;
  images: File[];
  plan: Plan;
  /** The same file once more, although it was taken in before. */
  again: boolean;
  told: (progress: Progress) => void;
  signal: AbortSignal;
}

/** How far an import is, in files and in bytes of the one under way. */
export interface Progress {
  files: number;
  of: number;
  sent: number;
  total: number;
}

/** Makes an import and sends it: the images first, so that rows can name them, then the table. */
export function useRunImport(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, images, plan, again, told, signal }: Errand): Promise<Import> => {
      const body: NewImport = {
        ...requestOf(plan),
        fileName: file?.name ?? `${images.length} images`,
      };
      const made = await ask(
        http.POST('/api/labs/{lab}/projects/{project}/imports', {
          ...inProject(lab, project),
          body,
        }),
      );
      void client.invalidateQueries({ queryKey: projectKey(lab, project, 'imports') });
      const at = `/api/labs/${lab}/projects/${project}/imports/${made.id}`;
      const of = images.length + (file ? 1 : 0);
      for (const [files, image] of images.entries()) {
        const sent = (bytes: number) => told({ files, of, sent: bytes, total: image.size });
        sent(0);
        const type = image.type || 'application/octet-stream';
        const fileName = image.name;
        await send({ method: 'POST', url: `${at}/images`, body: image, type, fileName, sent, signal });
      }
      if (!file)
        return ask(
          http.POST('/api/labs/{lab}/projects/{project}/imports/{import}/done', {
            params: { path: { lab, project, import: made.id } },
          }),
        );
      const sent = (bytes: number) => told({ files: images.length, of, sent: bytes, total: file.size });
      sent(0);
      const url = `${at}/content${again ? '?again=true' : ''}`;
      return send<Import>({ method: 'PUT', url, body: file, type: 'application/octet-stream', sent, signal });
    },
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}
