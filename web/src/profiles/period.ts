import { locale, t } from "../kit/i18n.svelte.ts";
import { monthsBetween, splitMonth } from "./model.ts";

function spoken(date: string): string {
  const { year, month } = splitMonth(date);
  if (!month) return year;
  const tag = locale() === "en" ? "en-GB" : locale();
  return new Intl.DateTimeFormat(tag, { month: "short", year: "numeric" }).format(
    new Date(Number(year), Number(month) - 1, 15),
  );
}

/** "Apr 2019 – today · 6 years 8 months" */
export function period(started: string, ended: string, now = new Date()): string {
  if (!started && !ended) return "";
  const until = ended ? spoken(ended) : t("profiles.today");
  const from = started ? spoken(started) : until;
  const span = from === until ? until : t("profiles.period", { from, until });
  const months = monthsBetween(started, ended, now);
  if (months === null) return span;
  const years = Math.floor(months / 12);
  const length = t("profiles.length", { years, months: months % 12 });
  return length ? `${span} · ${length}` : span;
}

export function monthNames(): { value: string; label: string }[] {
  const format = new Intl.DateTimeFormat(locale(), { month: "long" });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1).padStart(2, "0"),
    label: format.format(new Date(2024, index, 15)),
  }));
}
