/** Days and moments as the fields for them have them, where the member is. */
const two = (number: number): string => String(number).padStart(2, "0");

/** For a field of the kind `date`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** For a field of the kind `datetime-local`. */
export function fieldValue(at: number): string {
  const date = new Date(at);
  return `${dayOf(at)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const firstMoment = (day: string): number => new Date(`${day}T00:00`).getTime();

/** The midnight that ends it: also where a clock change makes the day another length. */
export function lastMoment(day: string): number {
  return midnightAfter(1, firstMoment(day));
}

/** Midnight after so many days. */
export function midnightAfter(days: number, at: number): number {
  const date = new Date(at);
  date.setDate(date.getDate() + days);
  return date.setHours(0, 0, 0, 0);
}
