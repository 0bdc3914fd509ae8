/** Quiet hours on the clock of the member's zone, as the server reckons them. */
import type { NoticeSettings } from "../wire/types.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function isQuiet({ quiet, zone }: NoticeSettings, now: number): boolean {
  if (!quiet.on || quiet.start === quiet.end) return false;
  const { minute, day } = at(now, zone);
  if (quiet.start < quiet.end)
    return quiet.start <= minute && minute < quiet.end && quiet.days.includes(day);
  if (minute >= quiet.start) return quiet.days.includes(day);
  return minute < quiet.end && quiet.days.includes((day + 6) % 7);
}

function at(now: number, zone: string): { minute: number; day: number } {
  let format: Intl.DateTimeFormat;
  const shape = { hour: "2-digit", minute: "2-digit", weekday: "short", hourCycle: "h23" } as const;
  try {
    format = new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: "UTC" });
  }
  const parts = Object.fromEntries(
    format.formatToParts(now).map(({ type, value }) => [type, value]),
  );
  return {
    minute: Number(parts["hour"]) * 60 + Number(parts["minute"]),
    day: DAYS.indexOf(parts["weekday"] ?? "Mon"),
  };
}

export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export function minuteOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}
