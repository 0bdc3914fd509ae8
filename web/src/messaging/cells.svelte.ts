import { apart } from "../kit/apart.svelte.ts";
import type { Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { added, type Numbers, weight } from "./model.ts";

/** How a write that the server has not yet confirmed changes a row. */
export type Patch = { by: string; change: (row: Row) => Row; answered: boolean };

/** One conversation: what the server said, and what the member sees. */
export class Cell {
  shown = $state.raw<Row | null>(null);
  truth: Row | null = null;
  patches: Patch[] = [];
  /** When the truth last changed, so that an older answer does not overwrite it. */
  tick = 0;
  bias: Numbers = {};
  /** In which state of the whole it was read; an older one is shown, but asked for again. */
  epoch = 0;

  constructor(readonly id: Id) {}
}

function less(row: Row | null): Numbers {
  return row ? weight(row) : {};
}

function same(a: Row, b: Row): boolean {
  for (const key of Object.keys(a) as (keyof Row)[])
    if (a[key] !== b[key] && !(Array.isArray(a[key]) && String(a[key]) === String(b[key])))
      return false;
  return true;
}

function after(row: Row, patches: Patch[]): Row {
  return patches.reduce((made, patch) => patch.change(made), row);
}

/** Which write an event tells of, by what comes of it; -1 when none of them. */
function told({ truth, patches }: Cell, by: (made: Row) => boolean): number {
  return truth
    ? patches.findIndex((_, index) => by(after(truth, patches.slice(0, index + 1))))
    : -1;
}

/** All rows in memory: the least recently used leave first, never one that has open writes. */
export class Cells {
  #cells = new Map<Id, Cell>();
  #patched = new Map<string, Set<Cell>>();
  #epoch = 0;
  #gone = new Map<Id, number>();
  /** What the open writes add to the counts that the server gave. */
  bias: Numbers = {};
  tick = 0;
  /** When the newest message came that is known of here. */
  newest = 0;
  pinned: (id: Id) => boolean = () => false;

  constructor(readonly limit = 5_000) {}

  get size(): number {
    return this.#cells.size;
  }

  peek(id: Id): Row | null {
    return this.#cells.get(id)?.shown ?? null;
  }

  truth(id: Id): Row | null {
    return this.#cells.get(id)?.truth ?? null;
  }

  /** Known, and not out of date. */
  has(id: Id): boolean {
    const cell = this.#cells.get(id);
    return cell?.truth != null && cell.epoch === this.#epoch;
  }

  /** Those that are changed by writes of which the log has not told. */
  open(): Id[] {
    return [...this.#patched.values()].flatMap((cells) => Array.from(cells, ({ id }) => id));
  }

  /** Everything is read anew: what the server has answered is true now, the rest may be old. */
  renew(): void {
    this.#epoch++;
    for (const cells of [...this.#patched.values()])
      for (const cell of cells)
        for (const patch of cell.patches.filter((one) => one.answered)) {
          if (cell.truth) cell.truth = patch.change(cell.truth);
          this.#drop(cell, patch);
          this.#show(cell);
        }
  }

  get(id: Id): Cell {
    let cell = this.#cells.get(id);
    if (cell) this.#cells.delete(id);
    // State made inside a reaction is not watched by it: a row would never see its own arrival.
    else cell = apart(() => new Cell(id));
    this.#cells.set(id, cell);
    return cell;
  }

  /** A row as the server has it. Answers that were asked for before `asked` lose to later events. */
  put(row: Row, asked = Number.POSITIVE_INFINITY): Cell {
    const cell = this.get(row.id);
    if (cell.truth && cell.tick > asked) return cell;
    const upto = told(cell, (made) => same(made, row));
    // Of a write and its undo, both answered, the log tells one after the other.
    const untold = upto < 0 ? [] : cell.patches.slice(upto + 1);
    cell.truth = row;
    this.newest = Math.max(this.newest, row.last_at);
    this.#gone.delete(row.id);
    cell.epoch = this.#epoch;
    cell.tick = ++this.tick;
    // The event may come before the answer: what the server says next is not changed by it.
    for (const patch of [...cell.patches])
      if (!patch.answered) patch.answered = same(patch.change(row), row);
      else if (!untold.includes(patch)) this.#drop(cell, patch);
    this.#show(cell);
    if (this.#cells.size > this.limit) this.#evict();
    return cell;
  }

  /**
   * The server has it no more. If what the member has done since brings it back, it stays: as one
   * that is deleted but for these writes.
   */
  removed(id: Id): Cell | null {
    const cell = this.#cells.get(id);
    if (!cell?.truth || !cell.patches.length) return null;
    const by = told(cell, (made) => made.view === "deleted");
    this.put(
      by < 0
        ? { ...cell.truth, view: "deleted" }
        : after(cell.truth, cell.patches.slice(0, by + 1)),
    );
    return cell.shown?.view === "deleted" ? null : cell;
  }

  /** An answer that was asked for before `asked` may still have it. */
  goneSince(id: Id, asked: number): boolean {
    return (this.#gone.get(id) ?? 0) > asked;
  }

  remove(id: Id): void {
    this.#gone.set(id, ++this.tick);
    const cell = this.#cells.get(id);
    if (!cell) return;
    for (const patch of [...cell.patches]) this.#drop(cell, patch);
    cell.truth = null;
    this.#show(cell);
    this.#cells.delete(id);
  }

  patch(by: string, ids: Iterable<Id>, change: (row: Row) => Row): Cell[] {
    const touched: Cell[] = [];
    for (const id of ids) {
      const cell = this.get(id);
      if (!cell.patches.some((one) => one.by === by))
        cell.patches.push({ by, change, answered: false });
      touched.push(cell);
      this.#show(cell);
    }
    const all = this.#patched.get(by) ?? new Set();
    for (const cell of touched) all.add(cell);
    this.#patched.set(by, all);
    return touched;
  }

  /** Takes a write's changes back, all of them or those of some conversations. */
  unpatch(by: string, only?: readonly Id[]): Cell[] {
    const touched = [...(this.#patched.get(by) ?? [])].filter(
      (cell) => !only || only.includes(cell.id),
    );
    for (const cell of touched) {
      for (const patch of cell.patches.filter((one) => one.by === by)) this.#drop(cell, patch);
      this.#show(cell);
    }
    return touched;
  }

  /** The server has done it; its event may be on the way, so the change stays until that is here. */
  answered(by: string): Cell[] {
    const touched = [...(this.#patched.get(by) ?? [])];
    for (const cell of touched)
      for (const patch of cell.patches.filter((one) => one.by === by)) {
        patch.answered = true;
        if (!cell.truth) continue;
        const before = after(cell.truth, cell.patches.slice(0, cell.patches.indexOf(patch)));
        if (same(patch.change(before), before)) this.#drop(cell, patch);
      }
    return touched;
  }

  #drop(cell: Cell, patch: Patch): void {
    cell.patches = cell.patches.filter((one) => one !== patch);
    if (cell.patches.some((one) => one.by === patch.by)) return;
    const all = this.#patched.get(patch.by);
    all?.delete(cell);
    if (all && !all.size) this.#patched.delete(patch.by);
  }

  #show(cell: Cell): void {
    const { truth } = cell;
    const shown = truth && after(truth, cell.patches);
    if (cell.patches.length || Object.keys(cell.bias).length) {
      const bias = cell.patches.length ? added(less(shown), less(truth), -1) : {};
      this.bias = added(added(this.bias, cell.bias, -1), bias);
      cell.bias = bias;
    }
    cell.shown = shown;
  }

  #evict(): void {
    let surplus = this.#cells.size - this.limit + Math.ceil(this.limit / 20);
    for (const [id, cell] of this.#cells) {
      if (surplus <= 0) return;
      if (cell.patches.length || this.pinned(id)) continue;
      this.#cells.delete(id);
      surplus--;
    }
  }

  clear(): void {
    this.#cells.clear();
    this.#patched.clear();
    this.#gone.clear();
    this.newest = 0;
    this.bias = {};
  }
}
