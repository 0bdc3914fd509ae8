/** Where the member is in messaging: view, cursor, selection, what is open. */

import { t } from "../kit/i18n.svelte.ts";
import { afterPaint } from "../kit/paint.ts";
import { navigate } from "../kit/router/router.svelte.ts";
import { announce, notify, show } from "../kit/toasts.svelte.ts";
import type { Id } from "../wire/words.ts";
import { type Everything, mark, type Undo } from "./actions.ts";
import { atList, isView } from "./address.ts";
import { inbox } from "./mailbox.svelte.ts";
import type { View } from "./model.ts";
import { Selection } from "./selection.svelte.ts";
import { type Act, leaves, moves } from "./triage/acts.ts";
import { said } from "./triage/said.ts";
import "./threading.ts";

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
  selection = new Selection();
  /** The conversation of the address: it is shown though no list has it yet. */
  #named: Id | null = null;
  #settle: (() => void) | null = null;
  #dwell: ReturnType<typeof setTimeout> | undefined;
  #ahead: ReturnType<typeof setTimeout> | undefined;

  get list() {
    return inbox.view(this.view);
  }

  get index(): number {
    return this.cursor === null ? -1 : this.list.indexOf(this.cursor);
  }

  get selectedCount(): number {
    return this.selection.count;
  }

  /** What an action acts on: the selected, else the one under the cursor. */
  get targets(): Id[] {
    if (this.selection.count) return this.selection.ids;
    return this.cursor === null ? [] : [this.cursor];
  }

  enter(view: View): void {
    if (this.view !== view || !this.list.open) {
      this.list.leave();
      this.view = view;
      this.selection.clear();
    }
    this.list.enter();
    void inbox.load(view).then(() => {
      if (this.view === view && this.index < 0 && (!this.#named || this.cursor !== this.#named))
        this.#first();
    });
  }

  leave(): void {
    clearTimeout(this.#dwell);
    this.list.leave();
    this.selection.clear();
  }

  /** Without a cursor the first row gets it, but nothing counts as read by that. */
  #first(): void {
    if (this.narrow) return;
    const id = this.list.at(0) ?? null;
    this.cursor = id;
    this.#follow(id);
  }

  #show(id: Id | null): void {
    this.#settle?.();
    this.at = null;
    this.shown = id;
  }

  /** The thread, after the rows were painted. */
  #follow(id: Id | null): void {
    this.#settle?.();
    this.#settle = afterPaint(() => {
      this.#settle = null;
      this.#show(id);
    });
  }

  /** Puts the cursor on a row; the thread follows after the row was painted. */
  moveTo(index: number, extend = false): void {
    const { list } = this;
    const to = Math.max(0, Math.min(list.length - 1, index));
    const id = list.at(to);
    if (id === undefined) return;
    if (extend) this.selection.extend(this.view, this.cursor ?? id, id);
    else this.selection.anchor = id;
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
    this.#follow(id);
    if (id !== null) this.#dwellOn(id);
  }

  /** Who rests on a row has opened it; not who has gone on to search or to write meanwhile. */
  #dwellOn(id: Id): void {
    this.#dwell = setTimeout(() => {
      if (this.cursor !== id || !document.hasFocus()) return;
      if (!atList(location.pathname)) return this.#dwellOn(id);
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
    this.selection.anchor = id;
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
    // Both are in the address, so that a reload shows both.
    const beside = new URLSearchParams({ q: words, id, at: String(seq) });
    void navigate(
      this.narrow ? `${addressOf(this.view, id)}?at=${seq}` : `/messages/search?${beside}`,
      { keepFocus: true, replace: !this.narrow },
    );
  }

  /** Takes what the address says. */
  arrive(id: Id | null, at: number | null): void {
    this.#named = id;
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
    if (inbox.cells.peek(id)?.unread) mark([id], { mark: "read" });
  }

  /** Shows and marks a message of the open thread, also one that was shown before. */
  look(seq: number): void {
    this.at = null;
    this.at = seq;
  }

  toggleDetails(): void {
    this.details = !this.details;
  }

  reply(): void {
    if (this.cursor === null) return;
    if (this.narrow && this.shown === null) this.open(this.cursor);
    else if (!this.narrow && this.shown !== this.cursor) this.#show(this.cursor);
    this.replying++;
  }

  prefetch(index: number): void {
    const id = this.list.at(index);
    if (id !== undefined) void inbox.threads.open(id);
  }

  // -- selection --

  toggle(id: Id | null = this.cursor): void {
    if (id !== null) this.selection.toggle(id);
  }

  select(which?: "read" | "unread"): Promise<void> {
    return this.selection.everything(this.view, which);
  }

  // -- actions on the selected, or on the one under the cursor --

  /** Does something to conversations; where they leave the list, the cursor goes to the next. */
  act(act: Act, ids = this.targets, all = this.#all(ids)): Undo {
    if (!ids.length) return () => {};
    const { view } = this;
    const was = this.cursor;
    const leaving = new Set(ids);
    const goes = moves(act) && leaves(view, act);
    let next = was;
    if (was !== null && goes && leaving.has(was))
      next = this.#nearest(this.list.indexOf(was), leaving);
    if (act.mark === "unread") {
      clearTimeout(this.#dwell);
      inbox.reading = null;
    }
    const taken = mark(ids, act, all);
    this.selection.clear();
    if (next !== was) {
      this.selection.anchor = next;
      this.#place(next);
      if (next === null) this.#show(null);
      else this.prefetch(this.list.indexOf(next) + 1);
      if (this.narrow && this.shown !== null) this.close();
    }
    const undo = () => {
      taken();
      if (this.view === view && was !== null && goes) this.#place(was);
    };
    const told = notify(said(act, ids.length), { undo, quiet: true });
    // The rows first: what is said about them may come a frame later.
    afterPaint(() => show(told));
    return undo;
  }

  #all(ids: Id[]): Everything | undefined {
    return ids.length > 1 ? this.selection.all : undefined;
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

  /** `e`: out of the inbox; what is archived or spam, back into it. */
  archive(ids = this.targets): void {
    const places = ids.map((id) => inbox.cells.peek(id)?.view ?? this.view);
    const out = places.every((place) => place === "archived" || place === "spam");
    this.act({ mark: out ? "inbox" : "archived" }, ids);
  }

  /** One or the other: the second where all of them have the first already. */
  either(has: (id: Id) => boolean, first: Act, second: Act, ids = this.targets): void {
    this.act(ids.every(has) ? second : first, ids);
  }

  async archiveAll(): Promise<void> {
    const { view } = this;
    if (view === "archived" || view === "all") return;
    await this.select();
    if (this.view === view && this.selection.count) this.act({ mark: "archived" });
  }

  /** Lets in what has come since the member began to work in the list, and shows it. */
  showNew(): boolean {
    if (!this.list.waiting.length) return false;
    this.list.release(true);
    this.moveTo(0);
    return true;
  }

  go(view: View | undefined): void {
    if (isView(view)) void navigate(addressOf(view), { keepFocus: true });
  }
}

export const desk = new Desk();
