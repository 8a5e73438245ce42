export const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const DAY = 86_400_000;

const dateOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);

/** The Monday of the week that a moment lies in, by the viewer's calendar. */
export function mondayOf(moment: Date): string {
  const day = Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return dateOf(day - ((moment.getDay() + 6) % 7) * DAY);
}

/** A date so many days later. */
export const shifted = (date: string, by: number) => dateOf(Date.parse(`${date}T00:00:00Z`) + by * DAY);

/** Minutes as hours: "7.5 h". */
export const hoursOf = (minutes: number) => `${Math.round((minutes / 60) * 100) / 100} h`;
