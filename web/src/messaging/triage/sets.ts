/** Labels, mailboxes and saved filters: made, changed, taken away and brought back. */
import { t } from "../../kit/i18n.svelte.ts";
import { notify } from "../../kit/toasts.svelte.ts";
import { api, Refused } from "../../ports/api.ts";
import { clientId } from "../../ports/ids.ts";
import { outbox } from "../../ports/outbox.ts";
import type { Desk, Filter } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";
import { inbox } from "../mailbox.svelte.ts";

export type Kind = keyof Desk;
type Change = { name?: string; color?: number; position?: number; filter?: Partial<Filter> };
type One = { id: Id; name: string; position: number };

export const COLORS = 12;

/** The hue that fewest labels have. */
export function nextColor(): number {
  const used = inbox.sets.labels.map((label) => label.color);
  const counts = Array.from(
    { length: COLORS },
    // Apart from each other: the second is not beside the first.
    (_, at) => ({ color: (at * 5 + 6) % COLORS, at }),
  );
  const times = (color: number): number => used.filter((one) => one === color).length;
  return counts.sort((a, b) => times(a.color) - times(b.color) || a.at - b.at)[0]?.color ?? 0;
}

/** Makes one; its id comes from the server, so this alone needs the network. */
export async function make(kind: Kind, what: Change & { name: string }): Promise<Id | null> {
  try {
    const made = await api.post<One>(`/api/${kind}`, { client_id: clientId(), ...what });
    return made.id;
  } catch (error) {
    notify(error instanceof Refused ? error.message : t("messaging.sets_offline"), { error: true });
    return null;
  }
}

function show(kind: Kind, list: One[]): void {
  inbox.sets = { ...inbox.sets, [kind]: list };
}

/** One as it was, where it stood; what has happened to the others since stays. */
function putBack(kind: Kind, before: Desk, id: Id): void {
  const at = (before[kind] as One[]).findIndex((one) => one.id === id);
  const was = before[kind][at];
  const rest = (inbox.sets[kind] as One[]).filter((one) => one.id !== id);
  if (was) show(kind, rest.toSpliced(at, 0, was));
}

export function change(kind: Kind, id: Id, what: Change): void {
  const before = inbox.sets;
  outbox.mutate({
    op: { method: "PATCH", path: `/api/${kind}/${id}`, body: what, lane: "messaging.sets" },
    apply() {
      const list = (inbox.sets[kind] as One[]).map((one) =>
        one.id === id ? { ...one, ...what } : one,
      );
      show(kind, what.position === undefined ? list : placed(list, id, what.position));
    },
    revert: () => putBack(kind, before, id),
  });
}

function placed(list: One[], id: Id, position: number): One[] {
  const one = list.find((other) => other.id === id);
  if (!one) return list;
  const rest = list.filter((other) => other.id !== id);
  rest.splice(position, 0, one);
  return rest;
}

export function remove(kind: Kind, id: Id): void {
  const before = inbox.sets;
  const name = (before[kind] as One[]).find((one) => one.id === id)?.name ?? "";
  const gone = (): void =>
    show(
      kind,
      (inbox.sets[kind] as One[]).filter((one) => one.id !== id),
    );
  const sent = outbox.mutate({
    op: { method: "DELETE", path: `/api/${kind}/${id}`, lane: "messaging.sets" },
    apply: gone,
    revert: () => putBack(kind, before, id),
  });
  notify(t(`messaging.removed_${kind}`, { name }), {
    undo: () => {
      if (sent.cancel()) return;
      outbox.mutate({
        op: { method: "POST", path: `/api/${kind}`, body: { restore: id }, lane: "messaging.sets" },
        apply: () => putBack(kind, before, id),
        revert: gone,
      });
    },
  });
}
