/** Days as a date field has them, where the member is. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const firstMoment = (day: string): number => new Date(`${day}T00:00`).getTime();

/** The midnight that ends it: also where a clock change makes the day another length. */
export function lastMoment(day: string): number {
  const next = new Date(`${day}T12:00`);
  next.setDate(next.getDate() + 1);
  return firstMoment(dayOf(next.getTime()));
}
