import { useLocalStorage } from '@mantine/hooks';
import type { Rendering } from './content';

/** How this person likes to read and work. Nothing of an item is in here. */
export function usePreferences() {
  const [rendering, setRendering] = useLocalStorage<Rendering>({
    key: 'cofferdam.rendering',
    defaultValue: 'text',
    getInitialValueInEffect: false,
  });
  const [singleKeys, setSingleKeys] = useLocalStorage({
    key: 'cofferdam.single-keys',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [unseen, setUnseen] = useLocalStorage({
    key: 'cofferdam.unseen',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return { rendering, setRendering, singleKeys, setSingleKeys, unseen, setUnseen };
}

export type Preferences = ReturnType<typeof usePreferences>;
