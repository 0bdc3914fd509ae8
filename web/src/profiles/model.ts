/** What a profile is, and how long its fields may be: the server checks the same. */
import type { Profile } from "../wire/types.ts";

export type { Education, LanguageSpoken, Position, Profile } from "../wire/types.ts";

export type Audience = "me" | "connections" | "members" | "public";
export const AUDIENCES: Audience[] = ["public", "members", "connections", "me"];

type Written = Pick<
  Profile,
  | "name"
  | "handle"
  | "headline"
  | "about"
  | "place"
  | "languages"
  | "positions"
  | "education"
  | "skills"
  | "links"
  | "contact"
  | "open_to"
>;
export type Change = Partial<Written> & { audiences?: Record<string, Audience> };

export const LIMITS = {
  name: 50,
  handle: 60,
  headline: 220,
  about: 2600,
  place: 100,
  title: 100,
  description: 2000,
  skill: 80,
  skills: 100,
  label: 50,
  url: 500,
} as const;

/** "2019-04" → ["2019", "04"]; "2019" → ["2019", ""]. */
export function splitMonth(date: string): { year: string; month: string } {
  const [year = "", month = ""] = date.split("-");
  return { year, month };
}

export function joinMonth(year: string, month: string): string {
  const digits = year.trim();
  if (!digits) return "";
  return month ? `${digits}-${month}` : digits;
}

/** Months between two dates of the form YYYY or YYYY-MM; null where months are not known. */
export function monthsBetween(started: string, ended: string, now: Date): number | null {
  const from = splitMonth(started);
  const to = ended
    ? splitMonth(ended)
    : { year: String(now.getFullYear()), month: String(now.getMonth() + 1) };
  if (!from.year || !from.month || !to.year || !to.month) return null;
  const months =
    (Number(to.year) - Number(from.year)) * 12 + Number(to.month) - Number(from.month) + 1;
  return months > 0 ? months : null;
}

/** The host part of an address, for a link without a name. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./, "");
  } catch {
    return url;
  }
}

/** An address as people type it, made one that a browser opens. */
export function completeUrl(typed: string): string {
  const text = typed.trim();
  return text && !/^[a-z][a-z0-9+.-]*:/i.test(text) ? `https://${text}` : text;
}
