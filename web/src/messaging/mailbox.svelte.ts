import { apart } from "../kit/apart.svelte.ts";
import { api } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import { store } from "../ports/store.ts";
import type {
  Boot,
  BulkProgressed,
  Card,
  Counts,
  Desk,
  Inbox,
  LogEvent,
  Row,
} from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { Cells } from "./cells.svelte.ts";
import { faces } from "./faces.svelte.ts";
import {
  added,
  countKey,
  effect,
  type Fixed,
  type Numbers,
  VIEWS,
  type View,
  weighed,
} from "./model.ts";
import type { Threads } from "./threads.ts";
import { ViewState } from "./view.svelte.ts";

const HEAD = 60;
const BATCH_MS = 30;
const BATCH = 200;
/** Up to so many are shown, and put back, one by one. */
export const MANY = 200;

const NONE = { invitations: 0, ...Object.fromEntries(VIEWS.map((name) => [name, 0])) } as Numbers &
  Counts;
const EMPTY: Desk = { labels: [], boxes: [], filters: [] };

/** Writes to more conversations than are loaded; a chunk of its own, which comes later. */
export interface Many {
  /** What they add to the counts. */
  readonly bias: Numbers;
  /** None is half done. */
  readonly settled: boolean;
  leaving(view: View, id: Id): boolean;
  /** Everything is read anew: what the server has done is in it. */
  renew(): void;
  progress(event: BulkProgressed): void;
  patch(by: string, ids: readonly Id[], change: Change, leaves: Leaves): void;
  /** Whether it was one of these writes. */
  unpatch(by: string): boolean;
}
export type Change = (row: Row) => Row;
export type Leaves = (view: View) => boolean;

function idle(work: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}

/** Everything messaging knows: rows, lists, threads and counts, kept true by the log. */
class Messaging {
  /** Exact at every moment: what the server counted and what the member has just done. */
  counts = $state.raw<Numbers & Counts>(NONE);
  /** What the member sorts conversations by: labels, mailboxes, saved filters. */
  sets = $state.raw<Desk>(EMPTY);
  /** The first state is here. */
  ready = $state(false);
  cells = new Cells();
  /** Set by `threading.ts`, which everything imports that asks for a thread. */
  declare threads: Threads;
  views = Object.fromEntries(
    VIEWS.map((name) => [name, new ViewState(name, this.cells)]),
  ) as Record<Fixed, ViewState> & Record<string, ViewState>;
  me: Id = "0";
  /** The conversation that is open and looked at. */
  reading: Id | null = null;
  #truth: Numbers & Counts = NONE;
  many: Many | null = null;
  #wanted = new Set<Id>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loading = new Map<View, Promise<void>>();
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  /** Of each list that is on its way: what has changed since it was asked for. */
  #changed = new Set<Set<Id>>();

  /** Takes the first state, or all of it anew. */
  async enter(boot: Boot): Promise<void> {
    if (!boot.me) return;
    const again = this.me === boot.me.id;
    if (!again) this.clear();
    this.me = boot.me.id;
    this.#truth = { ...NONE, ...boot.counts };
    this.#sort(boot.desk ?? EMPTY);
    this.threads?.stale();
    this.cells.renew();
    this.many?.renew();
    for (const view of Object.values(this.views)) if (!view.open) view.state = "empty";
    if (boot.inbox) this.#head("inbox", boot.inbox, this.cells.open());
    this.recount();
    this.ready = true;
    if (session.saved) await this.#saved("inbox");
    else idle(() => void this.#ids("inbox"));
    for (const view of Object.values(this.views))
      if (again && view.open && view.name !== "inbox") void this.load(view.name, true);
  }

  clear(): void {
    this.cells.clear();
    this.threads?.clear();
    faces.clear();
    for (const view of Object.values(this.views)) {
      view.setHead([], false);
      view.state = "empty";
    }
    this.#truth = NONE;
    this.sets = EMPTY;
    this.me = "0";
    this.ready = false;
    this.recount();
  }

  /** A view's list; those of labels, mailboxes and filters are made when they are asked for. */
  view(name: View): ViewState {
    this.views[name] ??= apart(() => new ViewState(name, this.cells));
    return this.views[name];
  }

  count(name: View): number {
    return this.counts[countKey(name)] ?? 0;
  }

  #sort(desk: Desk): void {
    this.sets = desk;
    this.#truth = { ...this.#truth, ...weighed(desk) };
  }

  /** Old state + event = fresh state. */
  apply(event: LogEvent): void {
    const change = effect(event);
    if (change.refresh) return this.refreshSoon();
    if (event.type === "desk.changed") this.#sort(event.desk);
    if (event.type.startsWith("invitation.")) return void this.#invitations();
    faces.put(change.cards);
    this.#truth = added(this.#truth, change.delta);
    if (event.type === "bulk.progressed") this.many?.progress(event);
    for (const row of change.rows) this.put(row);
    for (const id of change.removed) if (!this.cells.removed(id)) this.#gone(id);
    for (const message of change.messages) this.threads?.append(message);
    this.recount();
    store.saveRows(change.rows, change.cards);
  }

  /** A row as the server has it now. */
  put(row: Row): void {
    const old = this.cells.peek(row.id);
    this.#touch(row.id);
    const { shown } = this.cells.put(row);
    if (!shown) return;
    const news = !old || old.last_seq !== shown.last_seq;
    const moved = old !== null && old.view !== shown.view && !news;
    // What I read right now needs no announcement, and must not run away from under my eyes.
    const mine = news && (shown.last_author_id === this.me || this.reading === row.id);
    for (const view of Object.values(this.views)) view.place(shown, !moved, mine);
    this.#straighten();
  }

  /** Lets go of a conversation that exists only here. */
  forget(id: Id): void {
    this.#gone(id);
    this.recount();
  }

  #gone(id: Id): void {
    this.cells.remove(id);
    this.threads?.remove(id);
    for (const view of Object.values(this.views)) view.take(id);
  }

  /** Shows a write before the server has it. `soft`: the conversations stay where they are seen. */
  patch(by: string, ids: readonly Id[], change: Change, soft: boolean, leaves?: Leaves): void {
    if (ids.length > MANY && leaves && this.many) return this.many.patch(by, ids, change, leaves);
    for (const { id, shown } of this.cells.patch(by, ids, change)) {
      this.#touch(id);
      for (const view of Object.values(this.views))
        if (shown) view.place(shown, soft, true);
        else if (!soft && leaves?.(view.name)) view.take(id);
    }
    this.#straighten();
    this.recount();
  }

  /** The server refused, or the member took it back. */
  unpatch(by: string): void {
    const touched = this.cells.unpatch(by);
    if (!this.many?.unpatch(by))
      for (const { shown } of touched)
        if (shown) for (const view of Object.values(this.views)) view.place(shown, false, true);
    this.recount();
  }

  /** The server left these as they were, for they have news: they are where that put them. */
  left(by: string, ids: readonly Id[]): void {
    for (const { shown } of this.cells.unpatch(by, ids))
      if (shown) for (const view of Object.values(this.views)) view.place(shown, false, false);
  }

  answered(by: string): void {
    this.cells.answered(by);
    this.recount();
  }

  countFilters(counts: Record<Id, number>): void {
    for (const [id, count] of Object.entries(counts))
      this.#truth = { ...this.#truth, [`filter.${id}`]: count };
    this.recount();
  }

  recount(): void {
    this.counts = added(added(this.#truth, this.cells.bias), this.many?.bias ?? {});
  }

  /** Many things changed at once, by an import for instance: read the lists again, soon. */
  refreshSoon(after = 1_000): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      // Half of a great change would make lists and numbers go back and forth.
      if (this.many?.settled !== false) void live.reset();
    }, after);
  }

  /** The same, but not before it has been quiet for so long. */
  refreshWhenQuiet(after: number): void {
    clearTimeout(this.#refreshing);
    this.#refreshing = undefined;
    this.refreshSoon(after);
  }

  async #invitations(): Promise<void> {
    const counts = await api.get<Counts>("/api/counts").catch(() => null);
    if (!counts) return;
    this.#truth = { ...this.#truth, invitations: counts.invitations };
    this.recount();
  }

  /** Reads a view's first page, and when there is time the order of the rest. */
  load(name: View, again = false): Promise<void> {
    const view = this.view(name);
    if (view.state !== "empty" && !again) return Promise.resolve();
    const loading = this.#loading.get(name);
    // What is on its way may be older than what made it necessary to ask again.
    if (loading) return again ? loading.then(() => this.load(name, true)) : loading;
    const work = this.#load(name).finally(() => this.#loading.delete(name));
    this.#loading.set(name, work);
    return work;
  }

  #touch(id: Id): void {
    for (const since of this.#changed) since.add(id);
  }

  /** `work` gets what changes while it asks for a list: the answer may not know. */
  async #ask(name: View, work: (since: Set<Id>) => Promise<void>): Promise<void> {
    const since = new Set<Id>();
    this.#changed.add(since);
    try {
      await work(since);
    } catch {
      await this.#saved(name);
    } finally {
      this.#changed.delete(since);
    }
  }

  #load(name: View): Promise<void> {
    return this.#ask(name, async (since) => {
      const asked = this.cells.tick;
      const page = await api.get<Inbox>("/api/inbox", { query: { view: name, limit: HEAD } });
      const rows = page.rows.filter((row) => !this.cells.goneSince(row.id, asked));
      this.#head(name, { ...page, rows }, since, asked);
      if (page.next) idle(() => void this.#ids(name));
    });
  }

  #head(name: View, page: Inbox, since: Iterable<Id>, asked?: number): void {
    faces.put(page.cards);
    for (const row of page.rows) this.cells.put(row, asked);
    store.saveRows(page.rows, page.cards);
    const ids = page.rows.map((row) => row.id).filter((id) => !this.many?.leaving(name, id));
    this.view(name).setHead(ids, page.next === null);
    this.#replace(name, [...ids, ...since]);
  }

  async #saved(name: View): Promise<void> {
    const ids = await store.ids(name);
    if (ids && this.view(name).state !== "full") this.view(name).setAll(ids);
  }

  /** The order of a whole view: eight bytes for each conversation. */
  #ids(name: View): Promise<void> {
    return this.#ask(name, async (since) => {
      const ids = await api.ids("/api/inbox/ids", { query: { view: name } });
      const { many } = this;
      const view = this.view(name);
      // Under the hands a list that is whole is kept by the log alone.
      if (view.state === "full" && view.open && view.held) {
        view.stale = true;
        return;
      }
      const staying = many ? ids.filter((id) => !many.leaving(name, String(id))) : ids;
      view.setAll(staying);
      void store.saveIds(name, staying);
      this.#replace(name, since);
    });
  }

  /** All of a view's ids, for what is done to everything in it. */
  async everything(name: View): Promise<Id[]> {
    const view = this.view(name);
    if (view.state !== "full") await this.#ids(name);
    return view.list.all();
  }

  /** What changed while a list was on its way is put where it now belongs. */
  #replace(name: View, ids: Iterable<Id>): void {
    const view = this.view(name);
    for (const id of ids) {
      const row = this.cells.peek(id);
      if (row && view.holds(row) !== view.list.indexOf(id) >= 0) view.place(row, false, true);
    }
  }

  #straighten(): void {
    // Under the hands nothing is put in order; it is when they have left.
    for (const view of Object.values(this.views))
      if (view.stale && !view.held) {
        view.stale = false;
        idle(() => void this.#ids(view.name));
      }
  }

  /** Asks for rows that are about to be seen, those of some milliseconds together. */
  want(ids: Iterable<Id>): void {
    for (const id of ids) if (!this.cells.has(id)) this.#wanted.add(id);
    if (this.#wanted.size) this.#timer ??= setTimeout(() => void this.#rows(), BATCH_MS);
  }

  /** A conversation that may not be loaded yet; null where there is none. */
  async row(id: Id): Promise<Row | null> {
    if (!this.cells.has(id)) {
      this.#wanted.add(id);
      await this.#rows();
    }
    return this.cells.peek(id);
  }

  async #rows(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#wanted].slice(-BATCH);
    this.#wanted.clear();
    const asked = this.cells.tick;
    let found: { rows: Row[]; cards: Card[] };
    try {
      found = await api.post("/api/inbox/rows", { ids });
      store.saveRows(found.rows, found.cards);
    } catch {
      found = await store.rows(ids);
    }
    faces.put(found.cards);
    for (const row of found.rows) this.cells.put(row, asked);
  }
}

export const inbox = new Messaging();

live.on("*", (event) => inbox.apply(event));
session.onLeft(() => inbox.clear());
session.onEntered((boot) => inbox.enter(boot));
