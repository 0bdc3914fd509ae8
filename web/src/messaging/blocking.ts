/** Blocking those with whom one speaks alone. */
import { blockAll } from "../network/relations.ts";
import type { Id } from "../wire/words.ts";
import { faces } from "./faces.svelte.ts";
import { inbox } from "./mailbox.svelte.ts";

/** So many are blocked at once: more than these nobody has looked at one by one. */
export const MOST_BLOCKED = 50;

/** The members on the other side of these conversations. */
function others(ids: readonly Id[]): { id: Id; name: string }[] {
  const found = ids.flatMap((id) => {
    const row = inbox.cells.peek(id);
    const face = row?.kind === "direct" && row.people[0] ? faces.get(row.people[0]) : null;
    return face?.kind === "member" ? [{ id: face.id, name: face.name }] : [];
  });
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

export const canBlock = (ids: readonly Id[]): boolean =>
  ids.length <= MOST_BLOCKED && others(ids).length > 0;

export function blockOf(ids: readonly Id[]): void {
  const some = others(ids);
  if (some.length) blockAll(some);
}
