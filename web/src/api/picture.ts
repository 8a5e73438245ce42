import { useEffect, useState } from 'react';

/** Those who sign are told from others by their first refused image. */
let signs = false;

type Picture = { source: string; at: string } | { source: string; failed: true };

/**
 * Where an image is shown from. Mostly from its own address; for who signs what they open it is fetched with a signature,
 * which no image element can send along, and handed over as it came. It is kept nowhere.
 */
export function usePicture(source: string, attempt: number) {
  const [refused, setRefused] = useState('');
  const [picture, setPicture] = useState<Picture | null>(null);
  const fetched = signs || refused === source;
  useEffect(() => {
    if (!fetched) return;
    const leaving = new AbortController();
    void fetchPicture(source, leaving.signal)
      .then((at) => setPicture({ source, at }))
      .catch(() => leaving.signal.aborted || setPicture({ source, failed: true }));
    return () => leaving.abort();
  }, [source, attempt, fetched]);
  if (!fetched) return { at: source, refuse: () => setRefused(source), failed: false };
  const mine = picture?.source === source ? picture : null;
  return { at: mine && 'at' in mine ? mine.at : undefined, failed: mine !== null && 'failed' in mine };
}

async function fetchPicture(source: string, signal: AbortSignal): Promise<string> {
  const { send } = await import('./client');
  const response = await send(new Request(new URL(source, location.origin), { signal }));
  signs ||= (await import('./signing')).hasSigned();
  if (!response.ok) throw new Error(`The image was refused: ${response.status}.`);
  const bytes = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error!);
    reader.readAsDataURL(bytes);
  });
}
