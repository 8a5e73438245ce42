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
  return { rendering, setRendering, singleKeys, setSingleKeys };
}

/** The newest guideline version that this person said to have read, per project; 0: none. */
export function useReadVersion(project: string) {
  const [version, setVersion] = useLocalStorage({
    key: `cofferdam.read.${project}`,
    defaultValue: 0,
    getInitialValueInEffect: false,
  });
  return { version, setVersion };
}
