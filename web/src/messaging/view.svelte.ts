import type { Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { Cells } from "./cells.svelte.ts";
import { IdList } from "./idlist.ts";
import { belongs, precedes, type View } from "./model.ts";

/**
 * One view: its conversations in order. While the member works in it (`held`), nothing changes
 * place under the hands: what comes in waits, and what no longer belongs stays until the view is
 * left, unless the member moved it away.
 */
export class ViewState {
  /** Grows with every change of the list. */
  version = $state(0);
  /** Conversations with news that wait for the list to be free. */
  waiting = $state.raw<readonly Id[]>([]);
  /** Unknown before the first answer. */
  state = $state<"empty" | "head" | "full">("empty");
  list = new IdList();
  open = false;
  held = false;
  /** Set when the order can only be had from the server. */
  stale = false;
  /** Of a saved filter: whether a conversation matches, null where only the server can say. */
  rule: ((row: Row) => boolean | null) | null = null;
  #kept = new Set<Id>();
  /** Conversations that have news, up to this time, and keep their place all the same. */
  #still = new Map<Id, number>();

  constructor(
    readonly name: View,
    private readonly cells: Cells,
  ) {}

  changed(): void {
    this.version++;
  }

  holds(row: Row): boolean {
    if (!this.name.startsWith("filter:")) return belongs(row, this.name);
    const matches = row.view === "deleted" ? false : (this.rule?.(row) ?? null);
    if (matches === null) this.stale ||= this.state !== "empty";
    return matches ?? this.list.indexOf(row.id) >= 0;
  }

  at(index: number): Id | undefined {
    void this.version;
    return this.list.at(index);
  }

  indexOf(id: Id): number {
    void this.version;
    return this.list.indexOf(id);
  }

  get length(): number {
    void this.version;
    return this.list.length;
  }

  /**
   * Brings the list up to date with a row. `soft` says that the member did not move the
   * conversation: it was read, answered or written to.
   */
  place(row: Row, soft: boolean, mine: boolean): void {
    if (this.state === "empty") return;
    const index = this.list.indexOf(row.id);
    if (!this.holds(row)) {
      if (index < 0) this.waiting = this.waiting.filter((id) => id !== row.id);
      else if (this.open && soft) this.#kept.add(row.id);
      else this.take(row.id);
      return;
    }
    this.#kept.delete(row.id);
    if (index >= 0 && this.#fits(row, index)) return;
    // What I answer keeps its place; what others send must not move things under my hands.
    if (this.open && soft && index >= 0) {
      if (mine) this.#still.set(row.id, row.sort_at);
      if (row.sort_at <= (this.#still.get(row.id) ?? Number.NEGATIVE_INFINITY)) return;
    }
    if (this.open && this.held && !mine) {
      if (!this.waiting.includes(row.id)) this.waiting = [...this.waiting, row.id];
      return;
    }
    this.#insert(row);
  }

  /** Removes a conversation. */
  take(id: Id): void {
    this.#kept.delete(id);
    this.#still.delete(id);
    if (this.waiting.includes(id)) this.waiting = this.waiting.filter((one) => one !== id);
    if (this.list.remove(id) >= 0) this.changed();
  }

  /** Removes many; how many of them were also among `counted`. */
  takeAll(ids: ReadonlySet<Id>, counted?: ReadonlySet<Id>): number {
    this.waiting = this.waiting.filter((id) => !ids.has(id));
    for (const id of this.#kept) if (ids.has(id)) this.#kept.delete(id);
    for (const id of this.#still.keys()) if (ids.has(id)) this.#still.delete(id);
    const found = this.list.removeAll(ids, counted);
    this.changed();
    return found;
  }

  /** Lets in what waits; with `all`, what kept its place goes where it belongs, too. */
  release(all = false): void {
    const ids = new Set([...this.waiting, ...(all ? this.#still.keys() : [])]);
    if (!ids.size) return;
    const rows = [...ids].map((id) => this.cells.peek(id)).filter((row) => row !== null);
    this.waiting = [];
    for (const id of ids) this.#still.delete(id);
    for (const row of rows.sort((a, b) => (precedes(a, b) ? 1 : -1)))
      if (this.holds(row)) this.#insert(row);
  }

  enter(): void {
    this.open = true;
  }

  leave(): void {
    this.open = false;
    this.held = false;
    this.release(true);
    if (this.#kept.size) {
      const gone = [...this.#kept].filter((id) => {
        const row = this.cells.peek(id);
        return !row || !this.holds(row);
      });
      this.#kept.clear();
      if (gone.length) this.takeAll(new Set(gone));
    }
  }

  /** The first rows as the server lists them. */
  setHead(ids: Id[], whole: boolean): void {
    if (this.state === "full" && !whole) {
      // The rest is known already; a new head must not hide it.
      const head = new Set(ids);
      this.list.removeAll(head);
      ids.forEach((id, index) => {
        this.list.insert(index, id);
      });
    } else {
      this.list = new IdList(ids);
      this.state = whole ? "full" : "head";
    }
    this.#afterSet();
  }

  setAll(ids: BigUint64Array): void {
    if (this.state === "head" && this.open && this.held) {
      // The rows under the hands keep their order; the rest comes below them.
      const head = this.list.bytes();
      const known = new Set([...head, ...this.waiting.map(BigInt)]);
      const rest = Array.from(ids).filter((id) => !known.has(id));
      this.list = new IdList(BigUint64Array.from([...head, ...rest]));
    } else if (this.open && this.#kept.size && this.state === "full") {
      // What was answered here stays, though it is listed no more.
      const now = new Set(ids);
      const old = this.list.bytes();
      const had = new Set(old);
      const kept = Array.from(old).filter((id) => now.has(id) || this.#kept.has(String(id)));
      const fresh = Array.from(ids).filter((id) => !had.has(id));
      this.list = new IdList(BigUint64Array.from([...fresh, ...kept]));
      this.waiting = [];
    } else {
      this.list = new IdList(ids);
      this.waiting = [];
    }
    this.state = "full";
    this.stale = false;
    this.#afterSet();
  }

  #afterSet(): void {
    for (const id of this.#kept) if (this.list.indexOf(id) < 0) this.#kept.delete(id);
    this.changed();
  }

  #fits(row: Row, index: number): boolean {
    const over = this.cells.peek(this.list.at(index - 1) ?? "");
    const under = this.cells.peek(this.list.at(index + 1) ?? "");
    if (under && precedes(under, row)) return false;
    // Far down the list the neighbours are not loaded; only news could have moved it, to the top.
    const above = over ?? (index > 0 ? this.cells.peek(this.list.at(0) ?? "") : null);
    return !(above && precedes(row, above));
  }

  #insert(row: Row): void {
    this.list.remove(row.id);
    const limit = this.list.length;
    let index = 0;
    for (; index < limit; index++) {
      const other = this.cells.peek(this.list.at(index) ?? "");
      if (!other) {
        this.stale = this.state === "full";
        break;
      }
      if (precedes(row, other)) break;
    }
    // Past the known part it is listed when the whole list comes.
    if (index === limit && limit > 0 && this.state === "head") return this.changed();
    this.list.insert(index, row.id);
    this.changed();
  }
}
