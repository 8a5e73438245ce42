import { useEffect, useState } from 'react';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How far a moment lies from now, in the largest unit that fits. */
export function ago(moment: Date, now: number): string {
  const seconds = (moment.getTime() - now) / 1000;
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(Math.trunc(seconds), 'second');
}

/** A moment in relative words, the exact one in the viewer's zone on hover. */
export function Time({ value }: { value: string }) {
  const now = useNow(30_000);
  const moment = new Date(value);
  return (
    <time dateTime={value} title={exact.format(moment)}>
      {ago(moment, now)}
    </time>
  );
}

/** A moment in full, where the moment itself is what matters. */
export function ExactTime({ value }: { value: string }) {
  return <time dateTime={value}>{exact.format(new Date(value))}</time>;
}

/** The present time, renewed every `every` milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
