/** In which conversations files or recordings lie unsent: known without opening their database. */
import type { Id } from "../wire/words.ts";

const keyOf = (member: Id) => `entregent.files.${member}`;

export function filed(member: Id): Id[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(member)) ?? "[]") as Id[];
  } catch {
    return [];
  }
}

export function setFiled(member: Id, places: Iterable<Id>): void {
  const all = [...new Set(places)];
  try {
    if (all.length) localStorage.setItem(keyOf(member), JSON.stringify(all));
    else localStorage.removeItem(keyOf(member));
  } catch {
    // No storage: then nothing outlives the page either.
  }
}
