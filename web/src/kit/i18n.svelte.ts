/** The member's language: `t(key, parameters)`, numbers and dates. */
import { catalogues, type Messages } from "virtual:catalogues";
import { dayTime, type Formatters, formattersFor } from "./dates.ts";
import { type Compiled, type Format, formatsFor } from "./formats.ts";

export type Locale = "en" | "fr";
export type Key = keyof Messages;
/** Keys that need no parameter: what commands and routes may be named by. */
export type PlainKey = { [K in Key]: Messages[K] extends null ? K : never }[Key];
type Rest<K extends Key> = Messages[K] extends null ? [] : [parameters: Messages[K]];

interface Loaded {
  locale: Locale;
  messages: Record<string, Compiled>;
  format: Format;
  dates: Formatters;
}

let current = $state.raw<Loaded | null>(null);
let complete = false;

function loaded(): Loaded {
  if (!current) throw new Error("No language is loaded yet: await useLocale() first");
  return current;
}

/** A language may be changed while the page is shown: then all of it is fetched before. */
export async function useLocale(locale: Locale): Promise<void> {
  if (current?.locale === locale) return;
  const { first, rest } = catalogues[locale];
  const parts = await Promise.all(current ? [first(), rest()] : [first()]);
  complete = current !== null;
  current = {
    locale,
    messages: Object.assign({}, ...parts.map((part) => part.default)) as Record<string, Compiled>,
    format: formatsFor(locale),
    dates: formattersFor(locale),
  };
  document.documentElement.lang = locale;
}

/** What the first page does not say comes in a second chunk; every other page waits for it. */
export async function allWords(): Promise<void> {
  const before = current;
  if (!before || complete) return;
  const { default: rest } = await catalogues[before.locale].rest();
  if (complete || current !== before) return;
  complete = true;
  current = { ...before, messages: { ...before.messages, ...(rest as Record<string, Compiled>) } };
}

/** A part of the client, once all words are here too: without them it would grow a moment later. */
export async function worded<M>(part: Promise<M>): Promise<M> {
  const [module] = await Promise.all([part, allWords()]);
  return module;
}

export function locale(): Locale {
  return loaded().locale;
}

export function t<K extends Key>(key: K, ...[parameters]: Rest<K>): string {
  const { messages, format } = loaded();
  const message = messages[key];
  if (message === undefined) {
    // Said before its chunk is here: the text follows by itself.
    if (!complete) void allWords();
    return "";
  }
  return typeof message === "string"
    ? message
    : message((parameters ?? {}) as Record<string, unknown>, format);
}

export function formatNumber(value: number): string {
  return loaded().format.n(value);
}

/** 09:41 today, "Tue" this week, "18 Nov" this year, "18 Nov 2024" before. */
export function shortTime(ms: number, now = Date.now()): string {
  return loaded().dates.short(ms, now);
}

/** "Today", "Yesterday", "Tuesday", "Tuesday 18 November 2025": a separator in a thread. */
export function dayName(ms: number, now = Date.now()): string {
  return loaded().dates.day(ms, now);
}

/** 09:41 */
export function clockTime(ms: number): string {
  return loaded().dates.clock(ms);
}

/** 18 November 2025 */
export function longDate(ms: number): string {
  return loaded().dates.long(ms);
}

/** 18 November 2025 at 09:41: for tooltips. */
export function fullTime(ms: number): string {
  return loaded().dates.full(ms);
}

/** "3 minutes ago" */
export function ago(ms: number, now = Date.now()): string {
  return loaded().dates.ago(ms, now);
}

/** "Ana, Benoît and Zoé" */
export function list(words: string[]): string {
  return loaded().dates.list(words);
}

export { dayTime };
