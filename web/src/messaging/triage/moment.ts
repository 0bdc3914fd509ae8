/** A moment to come, as it is said: "Tomorrow, 09:00", "Mon 23 Nov, 09:00". */
import { clockTime, locale } from "../../kit/i18n.svelte.ts";

const days = new Map<string, Intl.DateTimeFormat>();

function dayOf(at: number, now: number): string {
  const tag = locale() === "en" ? "en-GB" : "fr";
  const apart = Math.round(
    (new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  if (apart === 0 || apart === 1) {
    const word = new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(apart, "day");
    return word.charAt(0).toLocaleUpperCase(tag) + word.slice(1);
  }
  const far = apart > 300;
  const key = `${tag}${far}`;
  let format = days.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, {
      weekday: far ? undefined : "short",
      day: "numeric",
      month: "short",
      year: far ? "numeric" : undefined,
    });
    days.set(key, format);
  }
  return format.format(at);
}

export function moment(at: number, now = Date.now()): string {
  return `${dayOf(at, now)}, ${clockTime(at)}`;
}
