import { Button, Group } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { usePicture } from '../api/picture';
import { Notice } from '../ui/notice';
import styles from './workroom.module.css';

const STEPS = [1, 1.25, 1.5, 2, 3, 4, 6, 8];
/** How far one arrow key moves the image, in CSS pixels. */
const MOVE = 60;

/** The item's image: fitted to its pane; zoomed and moved by keys, wheel, or pointer. The server forbids keeping it. */
export function PictureView({ source, focus }: { source: string; focus?: RefObject<HTMLElement | null> }) {
  const [view, setView] = useState({ zoom: 1, x: 0, y: 0 });
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const picture = usePicture(source, attempt);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const spread = useRef(0);

  const step = (by: number) =>
    setView((now) => {
      const at = STEPS.findLastIndex((zoom) => zoom <= now.zoom + 0.001);
      return bounded({ ...now, zoom: STEPS[Math.min(Math.max(at + by, 0), STEPS.length - 1)]! });
    });
  const move = (x: number, y: number) => setView((now) => bounded({ ...now, x: now.x + x, y: now.y + y }));
  const fit = () => setView({ zoom: 1, x: 0, y: 0 });

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      '+': () => step(1),
      '=': () => step(1),
      '-': () => step(-1),
      '0': fit,
      ArrowLeft: () => move(MOVE, 0),
      ArrowRight: () => move(-MOVE, 0),
      ArrowUp: () => move(0, MOVE),
      ArrowDown: () => move(0, -MOVE),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const pinch = (event: PointerEvent) => {
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [one, two] = [...pointers.current.values()];
    if (one && two) {
      const now = Math.hypot(one.x - two.x, one.y - two.y);
      if (spread.current > 0)
        setView((view) =>
          bounded({ ...view, zoom: Math.min(Math.max(view.zoom * (now / spread.current), 1), 8) }),
        );
      spread.current = now;
    } else if (drag.current) {
      move(event.clientX - drag.current.x, event.clientY - drag.current.y);
      drag.current = { x: event.clientX, y: event.clientY };
    }
  };
  const lift = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    spread.current = 0;
    drag.current = null;
  };

  return (
    <div className={styles.picture}>
      <Group gap={4} className={styles.zoom}>
        <Button variant="default" size="compact-xs" onClick={() => step(-1)} aria-label="Zoom out">
          −
        </Button>
        <span role="status" className={styles.facts}>
          {Math.round(view.zoom * 100)} %
        </span>
        <Button variant="default" size="compact-xs" onClick={() => step(1)} aria-label="Zoom in">
          +
        </Button>
        <Button variant="default" size="compact-xs" onClick={fit}>
          Whole image
        </Button>
        <span className={`${styles.optional} only-wide`}>
          with the focus on it: <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd> and arrows
        </span>
      </Group>
      {failed || picture.failed ? (
        <Notice tone="attention" title="The image could not be fetched" live>
          <Button
            variant="default"
            mt="xs"
            onClick={() => {
              setFailed(false);
              setAttempt(attempt + 1);
            }}
          >
            Try again
          </Button>
        </Notice>
      ) : (
        <div
          role="group"
          aria-label="Image, zoom and move"
          tabIndex={0}
          data-zoomed={view.zoom > 1 || undefined}
          className={styles.frame}
          ref={focus as RefObject<HTMLDivElement | null> | undefined}
          onKeyDown={press}
          onPointerDown={(event) => {
            pinch(event);
            if (view.zoom > 1 || pointers.current.size > 1)
              event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => pointers.current.has(event.pointerId) && pinch(event)}
          onPointerUp={lift}
          onPointerCancel={lift}
          onDoubleClick={() => (view.zoom > 1 ? fit() : step(3))}
        >
          <img
            key={attempt}
            src={picture.at}
            alt="image of this item"
            draggable={false}
            // Nothing of the address of this page goes along, and nothing is fetched before it is needed.
            referrerPolicy="no-referrer"
            decoding="async"
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
            onError={() => (picture.refuse ?? (() => setFailed(true)))()}
          />
        </div>
      )}
    </div>
  );
}

/** An image that is not enlarged has nowhere to go; one that is stays within reach. */
function bounded({ zoom, x, y }: { zoom: number; x: number; y: number }) {
  const most = (zoom - 1) * 600;
  return { zoom, x: Math.min(Math.max(x, -most), most), y: Math.min(Math.max(y, -most), most) };
}
