/** One box or group of invitations: what is loaded of it, the cursor, and what is selected. */
import { api } from "../../ports/api.ts";
import { live } from "../../ports/live.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";
import { withCards } from "../model.ts";
import { addressOf, groupsOf, MUTUALS, merge, SHARED } from "./places.ts";
import type { Chosen, GroupKey, One, PileBox, PilePage, Sort } from "./words.ts";

const PAGE = 100;
const AHEAD = 60;

const STORED = "entregent.mutuals";

function sharedBefore(): number {
  const kept = typeof localStorage === "undefined" ? 0 : Number(localStorage.getItem(STORED));
  return SHARED.find((one) => one === kept) ?? MUTUALS;
}

class Pile {
  box = $state.raw<PileBox>("received");
  group = $state.raw<GroupKey>("all");
  sort = $state.raw<Sort>("date");
  items = $state.raw<One[]>([]);
  total = $state.raw(0);
  /** From how many mutual connections on one stands in that group; kept in this browser. */
  mutuals = $state.raw(sharedBefore());
  groups = $state.raw<ReadonlyMap<GroupKey, number>>(new Map());
  /** Held for the next digest hour. */
  arriving = $state.raw(0);
  arrives_at = $state.raw<number | null>(null);
  loading = $state.raw(false);
  ready = $state.raw(false);
  fault = $state.raw<unknown>(null);
  cursor = $state.raw<Id | null>(null);
  /** Came in while the member works here; they are let in when asked for. */
  fresh = $state.raw<One[]>([]);
  /** All that match are selected, but these. */
  everything = $state.raw(false);
  picked = $state.raw<ReadonlySet<Id>>(new Set());
  #next: string | null = null;
  #stop: AbortController | null = null;
  #more: Promise<void> | null = null;
  #anchor = -1;
  /** Answered here, and not yet known as such by every page that is on its way. */
  #gone = new Set<Id>();
  /** How many undos of it the log has not told of yet: until it has, what it tells is past. */
  #returning = new Map<Id, number>();

  get index(): number {
    const { cursor } = this;
    return cursor === null ? -1 : this.items.findIndex((one) => one.id === cursor);
  }

  get current(): One | null {
    return this.items[this.index] ?? null;
  }

  get address(): string {
    return addressOf(this.box, this.group);
  }

  // -- what is selected --

  get count(): number {
    return this.everything ? Math.max(0, this.total - this.picked.size) : this.picked.size;
  }

  isSelected(id: Id | undefined): boolean {
    return id !== undefined && this.picked.has(id) !== this.everything;
  }

  /** What an action acts on: the selected, else the one under the cursor. */
  get chosen(): Chosen | null {
    if (this.everything) {
      const { box, group } = this;
      return { all: { box, group, mutuals: this.mutuals, except: [...this.picked] } };
    }
    if (this.picked.size) return { ids: [...this.picked] };
    return this.cursor === null ? null : { ids: [this.cursor] };
  }

  toggle(id: Id | null = this.cursor): void {
    if (id === null) return;
    const picked = new Set(this.picked);
    if (!picked.delete(id)) picked.add(id);
    this.picked = picked;
    this.#anchor = this.items.findIndex((one) => one.id === id);
  }

  selectAll(): void {
    this.everything = this.total > 0;
    this.picked = new Set();
  }

  clearSelection(): boolean {
    if (!this.everything && !this.picked.size) return false;
    this.everything = false;
    this.picked = new Set();
    return true;
  }

  // -- the cursor --

  moveTo(index: number, extend = false): void {
    const to = Math.max(0, Math.min(this.total - 1, index));
    const one = this.items[to];
    if (!one) {
      if (to >= this.items.length && this.#next) void this.reach(to).then(() => this.#land(to));
      return;
    }
    if (extend) this.#extend(to);
    else this.#anchor = to;
    this.cursor = one.id;
  }

  #land(index: number): void {
    this.cursor = (this.items[index] ?? this.items.at(-1))?.id ?? null;
  }

  move(by: number, extend = false): void {
    this.moveTo(this.index < 0 ? 0 : this.index + by, extend);
  }

  #extend(to: number): void {
    const from = this.#anchor < 0 ? Math.max(0, this.index) : this.#anchor;
    this.#anchor = from;
    const picked = new Set(this.picked);
    for (const one of this.items.slice(Math.min(from, to), Math.max(from, to) + 1))
      if (this.everything) picked.delete(one.id);
      else picked.add(one.id);
    this.picked = picked;
  }

  // -- loading --

  enter(box: PileBox, group: GroupKey): void {
    if (this.box === box && this.group === group && this.ready) return;
    const elsewhere = this.box !== box;
    this.box = box;
    this.group = group;
    this.clearSelection();
    this.cursor = null;
    this.items = [];
    this.fresh = [];
    this.ready = false;
    if (elsewhere) this.groups = new Map();
    else this.total = this.groups.get(group) ?? 0;
    void this.reload();
  }

  order(sort: Sort): void {
    if (this.sort === sort) return;
    this.sort = sort;
    this.cursor = null;
    this.ready = false;
    this.items = [];
    void this.reload();
  }

  share(mutuals: number): void {
    if (this.mutuals === mutuals) return;
    this.mutuals = mutuals;
    localStorage.setItem(STORED, String(mutuals));
    this.clearSelection();
    this.cursor = null;
    this.ready = false;
    this.items = [];
    void this.reload();
  }

  /** Reads it anew; what was shown before stays until then. */
  async reload(): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#more = null;
    this.loading = true;
    const was = this.index;
    try {
      const page = await this.#fetch("", Math.max(PAGE, Math.min(200, was + 20)), stop.signal);
      if (stop.signal.aborted) return;
      this.#gone.clear();
      this.#returning.clear();
      this.items = withCards(page.invitations, page.cards);
      this.#next = page.next;
      this.total = page.total;
      this.groups = new Map(page.groups.map(({ key, count }) => [key, count]));
      this.arriving = page.arriving;
      this.arrives_at = page.arrives_at;
      this.fresh = [];
      this.fault = null;
      this.ready = true;
      if (this.cursor !== null && this.index < 0)
        this.cursor = this.items[Math.min(was, this.items.length - 1)]?.id ?? null;
    } catch (error) {
      if (!stop.signal.aborted) this.fault = error;
    } finally {
      if (this.#stop === stop) this.loading = false;
    }
  }

  #fetch(after: string, limit: number, signal: AbortSignal): Promise<PilePage> {
    const { box, group, sort } = this;
    const query = { box, group, sort, mutuals: this.mutuals, after, limit };
    return api.get<PilePage>("/api/invitations", { query, signal });
  }

  /** Loads on, page after page, until row `index` is here. */
  async reach(index: number): Promise<void> {
    while (this.items.length <= index && this.#next !== null && !this.fault) {
      this.#more ??= this.#onward().finally(() => {
        this.#more = null;
      });
      await this.#more;
    }
  }

  /** Rows up to `end` are seen. */
  want(end: number): void {
    if (this.ready && end + AHEAD > this.items.length) void this.reach(end + AHEAD);
  }

  async #onward(): Promise<void> {
    const stop = this.#stop;
    if (!stop || this.#next === null) return;
    try {
      const page = await this.#fetch(this.#next, PAGE * 2, stop.signal);
      if (stop.signal.aborted) return;
      const fresh = withCards(page.invitations, page.cards);
      this.items = merge(
        this.items,
        fresh.filter((one) => !this.#gone.has(one.id)),
        this.sort,
      );
      this.#next = page.next;
    } catch (error) {
      if (!stop.signal.aborted) this.fault = error;
    }
  }

  // -- what happens to it --

  #recount(some: One[], by: 1 | -1): void {
    const groups = new Map(this.groups);
    for (const one of some)
      for (const key of groupsOf(one.about ?? null, this.mutuals))
        groups.set(key, Math.max(0, (groups.get(key) ?? 0) + by));
    this.groups = groups;
  }

  /** Takes these out, and moves the cursor to the one that follows; the answer puts them back. */
  take(ids: ReadonlySet<Id>): () => void {
    const { box, group, cursor } = this;
    const at = this.index;
    const out = this.items.filter((one) => ids.has(one.id));
    for (const id of ids) this.#gone.add(id);
    if (at >= 0 && cursor !== null && ids.has(cursor)) {
      const rest = (one: One): boolean => !ids.has(one.id);
      const next = this.items.slice(at).find(rest) ?? this.items.slice(0, at).findLast(rest);
      this.cursor = next?.id ?? null;
    }
    this.items = this.items.filter((one) => !ids.has(one.id));
    this.total = Math.max(0, this.total - out.length);
    this.#recount(out, -1);
    this.picked = new Set([...this.picked].filter((id) => !ids.has(id)));
    this.want(0);
    return () => {
      for (const id of ids) this.#gone.delete(id);
      if (this.box !== box || !this.ready) return;
      const known = new Set(this.items.map((one) => one.id));
      const back = out.filter((one) => !known.has(one.id));
      this.#recount(back, 1);
      if (this.group !== group) return;
      this.items = merge(this.items, back, this.sort);
      this.total += back.length;
      this.cursor = cursor;
    };
  }

  /** What these were answered with is being undone: what the log still says of it is past. */
  returns(ids: readonly Id[]): void {
    for (const id of ids) this.#returning.set(id, (this.#returning.get(id) ?? 0) + 1);
  }

  /** A page that was asked for before something happened may not know of it. */
  #reread(): void {
    if (this.loading) void this.reload();
  }

  arrived(one: One): void {
    this.#reread();
    const untold = this.#returning.get(one.id) ?? 0;
    if (untold > 1) this.#returning.set(one.id, untold - 1);
    else this.#returning.delete(one.id);
    // It was put back here, and may have been answered again since.
    if (untold && this.#gone.has(one.id)) return;
    if (this.box !== "received" || !this.ready) return;
    if (this.items.some(({ id }) => id === one.id)) return;
    this.#gone.delete(one.id);
    if (this.fresh.some(({ id }) => id === one.id)) return;
    this.#recount([one], 1);
    if (!groupsOf(one.about ?? null, this.mutuals).includes(this.group)) return;
    this.fresh = [one, ...this.fresh];
    if (!this.items.length || untold) this.admit();
  }

  /** Lets in what has come meanwhile. */
  admit(): void {
    const { fresh } = this;
    this.fresh = [];
    this.total += fresh.length;
    this.items = merge(this.items, fresh, this.sort);
  }

  settled(id: Id): void {
    this.#reread();
    if (this.#returning.has(id)) return;
    const fresh = this.fresh.find((one) => one.id === id);
    if (fresh) {
      this.fresh = this.fresh.filter((one) => one.id !== id);
      this.#recount([fresh], -1);
      return;
    }
    // What is answered, but not accepted, comes there: a row that stands here may be just that.
    if (this.box === "replied") {
      if (!this.#gone.has(id)) void this.reload();
    } else if (this.items.some((one) => one.id === id)) this.take(new Set([id]));
  }

  clear(): void {
    this.#stop?.abort();
    this.#gone.clear();
    this.#returning.clear();
    this.items = [];
    this.fresh = [];
    this.total = 0;
    this.groups = new Map();
    this.ready = false;
    this.cursor = null;
    this.clearSelection();
  }
}

export const pile = new Pile();

live.on("invitation.received", ({ invitation, card }) => pile.arrived({ ...invitation, card }));
live.on("invitation.settled", ({ id, box }) => {
  if (box === "received" && pile.box !== "archive") pile.settled(id);
});
session.onLeft(() => pile.clear());
