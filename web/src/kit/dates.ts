/** Dates through Intl, each formatter made once. */
export interface Formatters {
  clock(ms: number): string;
  short(ms: number, now: number): string;
  day(ms: number, now: number): string;
  long(ms: number): string;
  full(ms: number): string;
  ago(ms: number, now: number): string;
  list(words: string[]): string;
}

const DAY = 86_400_000;

/** Midnight of that day where the reader is. */
export function dayTime(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Whole calendar days between, so that 23:59 → 00:01 is one day, also across clock changes. */
export function daysBetween(ms: number, now: number): number {
  return Math.round((dayTime(now) - dayTime(ms)) / DAY);
}

/** What readers of that language are used to: British order and 24 hours in English. */
export const tagFor = (locale: string): string => (locale === "en" ? "en-GB" : locale);

/** A formatter of days; in French the first of a month is “1er novembre”, which Intl does not know. */
export function daysFor(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (ms: number) => string {
  const format = new Intl.DateTimeFormat(tagFor(locale), options);
  if (locale !== "fr") return (ms) => format.format(ms);
  return (ms) => format.format(ms).replace(/\b1 (?=\p{L})/u, "1er ");
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

export function formattersFor(locale: string): Formatters {
  const tag = tagFor(locale);
  const make = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    let format: ((ms: number) => string) | undefined;
    return (ms) => {
      format ??= daysFor(locale, options);
      return format(ms);
    };
  };
  const clock = make({ hour: "2-digit", minute: "2-digit" });
  const weekday = make({ weekday: "short" });
  const dayMonth = make({ day: "numeric", month: "short" });
  const dayMonthYear = make({ day: "numeric", month: "short", year: "numeric" });
  const weekdayLong = make({ weekday: "long" });
  const dayLong = make({ weekday: "long", day: "numeric", month: "long" });
  const dayLongYear = make({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const long = make({ dateStyle: "long" });
  const full = make({ dateStyle: "long", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const words = new Intl.ListFormat(tag, { type: "conjunction" });
  const sameYear = (ms: number, now: number): boolean =>
    new Date(ms).getFullYear() === new Date(now).getFullYear();
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(tag) + text.slice(1);

  return {
    clock,
    short(ms, now) {
      const days = daysBetween(ms, now);
      if (days <= 0) return clock(ms);
      if (days < 7) return weekday(ms);
      return sameYear(ms, now) ? dayMonth(ms) : dayMonthYear(ms);
    },
    day(ms, now) {
      const days = daysBetween(ms, now);
      if (days === 0 || days === 1) return capital(relative.format(-days, "day"));
      if (days > 1 && days < 7) return capital(weekdayLong(ms));
      return capital((sameYear(ms, now) ? dayLong : dayLongYear)(ms));
    },
    long,
    full,
    ago(ms, now) {
      const elapsed = now - ms;
      for (const [unit, size] of UNITS)
        if (elapsed >= size) return relative.format(-Math.floor(elapsed / size), unit);
      return relative.format(0, "second");
    },
    list: (items) => words.format(items),
  };
}
