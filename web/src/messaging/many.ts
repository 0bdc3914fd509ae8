/** Writes to more conversations than are loaded: they act on lists and counts. */
import { session } from "../ports/session.svelte.ts";
import type { BulkProgressed } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { IdList } from "./idlist.ts";
import { type Change, inbox, type Leaves, MANY, type Many } from "./mailbox.svelte.ts";
import { added, countKey, type Numbers, type View } from "./model.ts";
import type { ViewState } from "./view.svelte.ts";

/** After this long without a word about what is done to very many, everything is read anew. */
const QUIET_MS = 15_000;

/** Lists as they were before many conversations left them, to put them back. */
export type Former = ReadonlyMap<View, BigUint64Array>;

type Loose = {
  ids: ReadonlySet<Id>;
  leaves: Leaves;
  former: Former;
  bias: Numbers;
  answered: boolean;
  /** What the server calls it, while it does it piece by piece. */
  bulk?: Id | undefined;
};

/**
 * Puts many back: the order is that of `former`, with what has come since on top. How many came
 * back that are also among `counted`.
 */
export function restore(
  view: ViewState,
  former: BigUint64Array,
  ids: ReadonlySet<Id>,
  counted?: ReadonlySet<Id>,
): number {
  if (view.state === "empty") return 0;
  const now = new Set(view.list.bytes());
  const back = new Set(Array.from(ids, BigInt));
  const old = new Set(former);
  const fresh = Array.from(now).filter((id) => !old.has(id));
  const kept = Array.from(former).filter((id) => now.has(id) || back.has(id));
  view.list = new IdList(BigUint64Array.from([...fresh, ...kept]));
  view.changed();
  return counted ? kept.filter((id) => !now.has(id) && counted.has(String(id))).length : 0;
}

class ManyWrites implements Many {
  #writes = new Map<string, Loose>();
  #ended = new Set<Id>();

  get bias(): Numbers {
    let bias: Numbers = {};
    for (const one of this.#writes.values()) bias = added(bias, one.bias);
    return bias;
  }

  get settled(): boolean {
    return [...this.#writes.values()].every((one) => one.answered);
  }

  leaving(view: View, id: Id): boolean {
    for (const one of this.#writes.values()) if (one.leaves(view) && one.ids.has(id)) return true;
    return false;
  }

  renew(): void {
    for (const [by, one] of this.#writes) if (one.answered) this.#writes.delete(by);
  }

  clear(): void {
    this.#writes.clear();
  }

  /** The lists as they are now. */
  former(): Former {
    const known = Object.values(inbox.views).filter((view) => view.state !== "empty");
    return new Map(known.map((view) => [view.name, view.list.bytes()]));
  }

  patch(by: string, ids: readonly Id[], change: Change, leaves: Leaves): void {
    const former = this.former();
    const all = new Set(ids);
    const unseen = new Set(ids.filter((id) => !inbox.cells.has(id)));
    const before = inbox.cells.bias;
    inbox.cells.patch(
      by,
      ids.filter((id) => !unseen.has(id)),
      change,
    );
    const bias: Numbers = {};
    // What is loaded says of all where they go.
    for (const [key, by] of Object.entries(added(inbox.cells.bias, before, -1)))
      if (by && by > 0) bias[key] = unseen.size;
    for (const view of Object.values(inbox.views)) {
      if (view.state === "empty") continue;
      if (leaves(view.name)) bias[countKey(view.name)] = -view.takeAll(all, unseen);
      else if (!view.open && view.name !== "all") view.state = "empty";
    }
    this.#writes.set(by, { ids: all, leaves, former, bias, answered: false });
    inbox.recount();
  }

  /** Takes such a write back, as it is seen: the lists are what they were. */
  takeBack(by: string, former: Former, ids: readonly Id[], change: Change): void {
    for (const one of this.#writes.values()) one.leaves = () => false;
    const all = new Set(ids);
    const unseen = new Set(ids.filter((id) => !inbox.cells.has(id)));
    const before = inbox.cells.bias;
    inbox.cells.patch(
      by,
      ids.filter((id) => !unseen.has(id)),
      change,
    );
    const bias: Numbers = {};
    for (const [key, by] of Object.entries(added(inbox.cells.bias, before, -1)))
      if (by && by < 0) bias[key] = -unseen.size;
    for (const [name, list] of former)
      bias[countKey(name)] = restore(inbox.view(name), list, all, unseen);
    const leaves = () => false;
    this.#writes.set(by, { ids: all, leaves, former: new Map(), bias, answered: false });
    inbox.recount();
  }

  unpatch(by: string): boolean {
    const one = this.#writes.get(by);
    if (!one) return false;
    this.#writes.delete(by);
    for (const [name, former] of one.former) restore(inbox.view(name), former, one.ids);
    return true;
  }

  /** `bulk`: the server does it piece by piece, and calls it this. */
  answered(by: string, bulk?: Id): void {
    const one = this.#writes.get(by);
    if (!one) return;
    // Counted until the lists are read anew, so that no number goes back and forth.
    one.answered = true;
    if (bulk && !this.#ended.has(bulk)) one.bulk = bulk;
    inbox.refreshWhenQuiet(one.bulk ? QUIET_MS : 1_000);
  }

  /** A piece of it is done, and in the counts; here it was counted from the start. */
  progress({ bulk, delta }: BulkProgressed): void {
    const ended = bulk.state !== "running";
    if (ended) this.#ended.add(bulk.id);
    for (const one of this.#writes.values())
      if (one.bulk === bulk.id || (!one.answered && one.ids.size > MANY)) {
        for (const key of Object.keys(one.bias))
          one.bias[key] = (one.bias[key] ?? 0) - (delta[key] ?? 0);
        if (ended) one.bulk = undefined;
        break;
      }
    inbox.refreshWhenQuiet(ended ? 200 : QUIET_MS);
  }
}

export const many = new ManyWrites();
inbox.many = many;
session.onLeft(() => many.clear());
