/** Where the member is in messaging: view, cursor, selection, what is open. */

import { t } from "../kit/i18n.svelte.ts";
import { navigate } from "../kit/router/router.svelte.ts";
import { announce, notify } from "../kit/toasts.svelte.ts";
import { afterPaint } from "../ports/clock.ts";
import type { Id, Mark } from "../wire/words.ts";
import { mark, type Undo } from "./actions.ts";
import { inbox } from "./mailbox.svelte.ts";
import { VIEWS, type View } from "./model.ts";

const DWELL_MS = 1_200;
/** A cursor that only passes asks for nothing. */
const AHEAD_MS = 40;

export function addressOf(view: View, id?: Id | null): string {
  const base = view === "inbox" ? "/messages" : `/messages/${view}`;
  return id ? `${base}/${id}` : base;
}

class Desk {
  view = $state.raw<View>("inbox");
  cursor = $state.raw<Id | null>(null);
  /** The thread in the pane: the cursor's, one frame later. */
  shown = $state.raw<Id | null>(null);
  /** A message to show and mark in the thread that is opened. */
  at = $state.raw<number | null>(null);
  /** One pane at a time. */
  narrow = $state(false);
  details = $state(false);
  /** Grows when the composer is to take the focus. */
  replying = $state(0);
  #selected = new Set<Id>();
  #selection = $state(0);
  #anchor: Id | null = null;
  #settle: (() => void) | null = null;
  #dwell: ReturnType<typeof setTimeout> | undefined;
  #ahead: ReturnType<typeof setTimeout> | undefined;

  get list() {
    return inbox.views[this.view];
  }

  get index(): number {
    return this.cursor === null ? -1 : this.list.indexOf(this.cursor);
  }

  get selectedCount(): number {
    void this.#selection;
    return this.#selected.size;
  }

  isSelected(id: Id | undefined): boolean {
    void this.#selection;
    return id !== undefined && this.#selected.has(id);
  }

  /** What an action acts on: the selected, else the one under the cursor. */
  get targets(): Id[] {
    if (this.#selected.size) return [...this.#selected];
    return this.cursor === null ? [] : [this.cursor];
  }

  enter(view: View): void {
    if (this.view !== view || !this.list.open) {
      this.list.leave();
      this.view = view;
      this.clearSelection();
    }
    this.list.enter();
    void inbox.load(view).then(() => {
      if (this.view === view && this.index < 0) this.#first();
    });
  }

  leave(): void {
    clearTimeout(this.#dwell);
    this.list.leave();
    this.clearSelection();
  }

  /** Without a cursor the first row gets it, but nothing counts as read by that. */
  #first(): void {
    if (this.narrow) return;
    const id = this.list.at(0) ?? null;
    this.cursor = id;
    this.#show(id);
  }

  #show(id: Id | null): void {
    this.#settle?.();
    this.at = null;
    this.shown = id;
  }

  /** Puts the cursor on a row; the thread follows after the row was painted. */
  moveTo(index: number, extend = false): void {
    const { list } = this;
    const to = Math.max(0, Math.min(list.length - 1, index));
    const id = list.at(to);
    if (id === undefined) return;
    if (extend) this.#extend(id);
    else this.#anchor = id;
    this.#place(id);
    clearTimeout(this.#ahead);
    this.#ahead = setTimeout(() => {
      this.prefetch(to + 1);
      this.prefetch(to - 1);
    }, AHEAD_MS);
  }

  #place(id: Id | null): void {
    this.cursor = id;
    clearTimeout(this.#dwell);
    inbox.reading = null;
    if (this.narrow) return;
    this.#settle?.();
    this.#settle = afterPaint(() => {
      this.#settle = null;
      this.#show(id);
    });
    if (id === null) return;
    this.#dwell = setTimeout(() => {
      if (this.cursor !== id || !document.hasFocus()) return;
      this.read(id);
      void navigate(addressOf(this.view, id), { replace: true, keepFocus: true });
    }, DWELL_MS);
  }

  move(by: number, extend = false): boolean {
    this.moveTo(this.index < 0 ? 0 : this.index + by, extend);
    return true;
  }

  /** To the next conversation with something unread. */
  async moveUnread(by: 1 | -1): Promise<void> {
    const { list, view } = this;
    let index = this.index;
    for (;;) {
      index += by;
      const id = list.at(index);
      if (id === undefined) break;
      const row = inbox.cells.peek(id);
      if (row?.unread) return this.moveTo(index);
      if (row) continue;
      // Below what is loaded the list of unread conversations knows the way.
      const unread = new Set(await inbox.everything("unread"));
      if (this.view !== view) return;
      while (index >= 0 && index < list.length && !unread.has(list.at(index) ?? "")) index += by;
      if (list.at(index) !== undefined) return this.moveTo(index);
      break;
    }
    announce(t("messaging.no_more_unread"));
  }

  /** Opens a conversation: it is read, its address is the page's, on a phone it fills the page. */
  open(id: Id, at: number | null = null): void {
    clearTimeout(this.#dwell);
    this.#anchor = id;
    this.cursor = id;
    this.#show(id);
    this.at = at;
    this.read(id);
    void navigate(addressOf(this.view, id), { keepFocus: true });
  }

  /** Opens a conversation at a message that a search has found; the search stays beside it. */
  openHit(id: Id, seq: number, words: string): void {
    this.cursor = id;
    this.#show(id);
    this.at = seq;
    const found = `?q=${encodeURIComponent(words)}`;
    void navigate(
      this.narrow ? `${addressOf(this.view, id)}?at=${seq}` : `/messages/search${found}`,
      { keepFocus: true, replace: !this.narrow },
    );
  }

  /** Takes what the address says. */
  arrive(id: Id | null, at: number | null): void {
    if (id === null) {
      if (this.narrow) this.#show(null);
      return;
    }
    if (this.shown === id && at === null) return;
    this.cursor = id;
    this.#show(id);
    this.at = at;
    void inbox.row(id).then(() => {
      if (this.shown === id) this.read(id);
    });
  }

  close(): void {
    void navigate(addressOf(this.view), { keepFocus: true });
  }

  read(id: Id): void {
    inbox.reading = id;
    if (inbox.cells.peek(id)?.unread) mark([id], "read");
  }

  toggleDetails(): void {
    this.details = !this.details;
  }

  reply(): void {
    if (this.cursor === null) return;
    if (this.narrow && this.shown === null) this.open(this.cursor);
    this.replying++;
  }

  prefetch(index: number): void {
    const id = this.list.at(index);
    if (id !== undefined) void inbox.threads.open(id);
  }

  // -- selection --

  toggle(id: Id | null = this.cursor): void {
    if (id === null) return;
    if (!this.#selected.delete(id)) this.#selected.add(id);
    this.#anchor = id;
    this.#selection++;
  }

  #extend(to: Id): void {
    const { list } = this;
    const anchor = this.#anchor ?? this.cursor ?? to;
    this.#anchor = anchor;
    const [a, b] = [list.indexOf(anchor), list.indexOf(to)].sort((x, y) => x - y);
    for (const id of list.list.slice(a ?? 0, (b ?? 0) + 1)) this.#selected.add(id);
    this.#selection++;
  }

  async selectAll(): Promise<void> {
    const { view } = this;
    // The unread are known then, too, so that the counts stay exact whatever is done next.
    const [ids] = await Promise.all([inbox.everything(view), inbox.everything("unread")]);
    if (this.view !== view) return;
    this.#selected = new Set(ids);
    this.#selection++;
  }

  /** Those with, or without, something unread. */
  async selectUnread(unread: boolean): Promise<void> {
    const { view } = this;
    const [ids, waiting] = await Promise.all([inbox.everything(view), inbox.everything("unread")]);
    if (this.view !== view) return;
    const set = new Set(waiting);
    this.#selected = new Set(ids.filter((id) => set.has(id) === unread));
    this.#selection++;
  }

  clearSelection(): boolean {
    if (!this.#selected.size) return false;
    this.#selected = new Set();
    this.#selection++;
    return true;
  }

  // -- actions on the selected, or on the one under the cursor --

  /** Moves conversations elsewhere, and the cursor to the one that follows. */
  take(how: "archived" | "inbox" | "spam", ids = this.targets): void {
    if (!ids.length) return;
    const { list, view } = this;
    const was = this.cursor;
    const leaving = new Set(ids);
    const stays = view === "all";
    let next = was;
    if (was !== null && leaving.has(was) && !stays) {
      const from = list.indexOf(was);
      next = this.#nearest(from, leaving);
    }
    const undo = mark(ids, how);
    this.clearSelection();
    if (next !== was) {
      this.#anchor = next;
      this.#place(next);
      if (next === null) this.#show(null);
      else this.prefetch(list.indexOf(next) + 1);
      if (this.narrow && this.shown !== null) this.close();
    }
    this.#say(how, ids.length, () => {
      undo();
      if (this.view === view && was !== null) this.#place(was);
    });
  }

  #nearest(from: number, leaving: Set<Id>): Id | null {
    const { list } = this;
    if (leaving.size >= list.length) return null;
    for (let index = from + 1; index < list.length; index++) {
      const id = list.at(index);
      if (id !== undefined && !leaving.has(id)) return id;
    }
    for (let index = from - 1; index >= 0; index--) {
      const id = list.at(index);
      if (id !== undefined && !leaving.has(id)) return id;
    }
    return null;
  }

  /** `e`: out of the inbox; where it already is out, back into it. */
  archive(): void {
    this.take(this.view === "archived" || this.view === "spam" ? "inbox" : "archived");
  }

  /** `Shift U`: unread, or read where all are unread already. */
  toggleUnread(ids = this.targets): void {
    if (!ids.length) return;
    const how = ids.every((id) => inbox.cells.peek(id)?.unread) ? "read" : "unread";
    clearTimeout(this.#dwell);
    inbox.reading = null;
    const undo = mark(ids, how);
    this.clearSelection();
    this.#say(how, ids.length, undo);
  }

  #say(how: Mark, count: number, undo: Undo): void {
    // The rows first: what is said about them may come a frame later.
    afterPaint(() => notify(t(`messaging.done_${how}`, { count }), { undo }));
  }

  async archiveAll(): Promise<void> {
    const { view } = this;
    if (view === "archived" || view === "all") return;
    const [ids] = await Promise.all([inbox.everything(view), inbox.everything("unread")]);
    if (this.view === view && ids.length) this.take("archived", ids);
  }

  /** Lets in what has come since the member began to work in the list, and shows it. */
  showNew(): boolean {
    if (!this.list.waiting.length) return false;
    this.list.release(true);
    this.moveTo(0);
    return true;
  }

  go(view: View | undefined): void {
    if (view && VIEWS.includes(view)) void navigate(addressOf(view), { keepFocus: true });
  }
}

export const desk = new Desk();
