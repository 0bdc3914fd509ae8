/** Where one can be among the invitations, and who belongs where; pure. */
import { type About, GROUPS, type GroupKey, PILES, type PileBox, type Sort } from "./words.ts";

export const ROOT = "/network/invitations";
/** "N mutual connections or more": as many as the member says, at first so many. */
export const MUTUALS = 5;
export const SHARED = [1, 2, 3, 5, 10, 20] as const;

export const PARTS = ["sent", "queue", "rules", "replies", "log", "settings"] as const;
export type Part = (typeof PARTS)[number];
export type Place = { part: Part } | { part: "pile"; box: PileBox; group: GroupKey };

const isGroup = (word: string | undefined): word is GroupKey =>
  GROUPS.some((group) => group === word);

/** /network/invitations/[box|part]/[group], as its two words. */
export function placeOf(first: string | undefined, second: string | undefined): Place {
  const part = PARTS.find((one) => one === first);
  if (part) return { part };
  const box = PILES.find((one) => one === first);
  const group = box ? second : first;
  return { part: "pile", box: box ?? "received", group: isGroup(group) ? group : "all" };
}

export function addressOf(box: PileBox, group: GroupKey = "all"): string {
  const words = [box === "received" ? "" : box, group === "all" ? "" : group];
  return [ROOT, ...words.filter(Boolean)].join("/");
}

/** Every group that one who waits is counted in. */
export function groupsOf(about: About | null, mutuals = MUTUALS): GroupKey[] {
  const found: GroupKey[] = ["all"];
  if (!about) return found;
  found.push(about.wrote === "nothing" ? "no_note" : about.wrote);
  if (about.mutuals >= mutuals) found.push("mutuals");
  return [...found, ...about.same, ...about.marks.filter(isGroup)];
}

type Ordered = { id: string; at: number; about?: About | null };

const later = (a: string, b: string): boolean =>
  a.length === b.length ? a > b : a.length > b.length;

/** Negative when `a` stands above `b`. */
export function compare(a: Ordered, b: Ordered, sort: Sort): number {
  if (sort === "closeness") {
    const by = (b.about?.closeness ?? 0) - (a.about?.closeness ?? 0);
    if (by) return by;
  }
  const newer = a.at - b.at || (a.id === b.id ? 0 : later(a.id, b.id) ? 1 : -1);
  return sort === "oldest" ? newer : -newer;
}

/** Puts each back where the order wants it. */
export function merge<T extends Ordered>(items: T[], back: T[], sort: Sort): T[] {
  const known = new Set(items.map((one) => one.id));
  const added = back.filter((one) => !known.has(one.id)).sort((a, b) => compare(a, b, sort));
  const merged: T[] = [];
  let at = 0;
  for (const one of items) {
    for (; at < added.length && compare(added[at] as T, one, sort) < 0; at++)
      merged.push(added[at] as T);
    merged.push(one);
  }
  return [...merged, ...added.slice(at)];
}
