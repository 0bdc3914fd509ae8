/** A moment to come, as it is said: "Tomorrow, 09:00", "Mon 23 Nov, 09:00". */
import { daysBetween, daysFor, tagFor } from "../../kit/dates.ts";
import { clockTime, locale } from "../../kit/i18n.svelte.ts";

const days = new Map<string, (ms: number) => string>();

function dayOf(at: number, now: number): string {
  const apart = daysBetween(now, at);
  if (apart === 0 || apart === 1) {
    const tag = tagFor(locale());
    const word = new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(apart, "day");
    return word.charAt(0).toLocaleUpperCase(tag) + word.slice(1);
  }
  const far = apart > 300;
  const key = `${locale()}${far}`;
  let format = days.get(key);
  if (!format) {
    format = daysFor(locale(), {
      weekday: far ? undefined : "short",
      day: "numeric",
      month: "short",
      year: far ? "numeric" : undefined,
    });
    days.set(key, format);
  }
  return format(at);
}

export function moment(at: number, now = Date.now()): string {
  return `${dayOf(at, now)}, ${clockTime(at)}`;
}
