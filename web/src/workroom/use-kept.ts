import { useEffect, useState } from 'react';
import { Kept } from './kept';

/** This browser's store for a person; `store` is null where the browser offers none. */
export interface KeptHere {
  ready: boolean;
  store: Kept | null;
}

export function useKept(owner: string): KeptHere {
  const [kept, setKept] = useState<KeptHere>({ ready: false, store: null });
  useEffect(() => {
    let current = true;
    let opened: Kept | null = null;
    const open = async () => {
      try {
        opened = await Kept.open(owner);
      } catch {
        // Private windows of some browsers have no store; the page says so where it matters.
      }
      if (current) setKept({ ready: true, store: opened });
      else opened?.close();
    };
    void open();
    return () => {
      current = false;
      opened?.close();
    };
  }, [owner]);
  return kept;
}
