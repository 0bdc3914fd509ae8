/** Midnight after so many days where the member is. */
export function endOf(days: number, now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(0, 0, 0, 0);
}
