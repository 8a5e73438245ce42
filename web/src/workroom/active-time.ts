import { useEffect, useRef } from 'react';

/** A person who has not touched anything for this long is not at work. */
const IDLE = 60_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchstart'] as const;

/** Counts the time in which somebody really works: page visible, not paused, a sign of life in the last minute. */
export class ActiveTime {
  private counted = 0;
  private lastSign: number;
  private lastTick: number;

  constructor(now: number) {
    this.lastSign = this.lastTick = now;
  }

  sign(now: number) {
    this.lastSign = now;
  }

  /** Takes the time since the last tick into account. */
  tick(now: number, working: boolean) {
    if (working && now - this.lastSign < IDLE) this.counted += now - this.lastTick;
    this.lastTick = now;
  }

  restart(now: number) {
    this.counted = 0;
    this.lastSign = this.lastTick = now;
  }

  isActive(now: number) {
    return now - this.lastSign < IDLE;
  }

  get seconds() {
    return Math.round(this.counted / 1000);
  }
}

/** The counter of this page; it does not re-render whoever uses it. */
export function useActiveTime(paused: boolean): ActiveTime {
  const time = useRef<ActiveTime>(null);
  time.current ??= new ActiveTime(Date.now());
  useEffect(() => {
    const active = time.current!;
    const sign = () => active.sign(Date.now());
    const tick = () => active.tick(Date.now(), !paused && document.visibilityState === 'visible');
    SIGNS.forEach((name) => addEventListener(name, sign, { passive: true, capture: true }));
    const timer = setInterval(tick, 1_000);
    return () => {
      clearInterval(timer);
      SIGNS.forEach((name) => removeEventListener(name, sign, { capture: true }));
    };
  }, [paused]);
  return time.current;
}
