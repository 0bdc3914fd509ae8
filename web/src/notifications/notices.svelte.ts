/** The lines behind the bell; the same in every tab, because the log says what any of them did. */
import { Paged } from "../kit/paged.svelte.ts";
import { api } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Card, LogEvent, Notice, NoticePage } from "../wire/types.ts";
import { bell } from "./bell.svelte.ts";
import { apply, marked } from "./model.ts";

class Notices {
  list = new Paged<Notice>(async (after, signal) => {
    if (after === null) this.#heard = [];
    const page = await api.get<NoticePage>("/api/notices", {
      query: { after: after ?? "" },
      signal,
    });
    this.#know(page.cards);
    if (after !== null) return { items: page.notices, next: page.next };
    const now = this.#heard.reduce(apply, { bell: page.bell, notices: page.notices });
    bell.count = now.bell;
    return { items: now.notices, next: page.next };
  });
  /** Since the list was asked for: its answer may not know. */
  #heard: LogEvent[] = [];
  #cards = $state.raw<Record<string, Card>>({});

  card(id: string): Card | undefined {
    return this.#cards[id];
  }

  #know(cards: Card[]): void {
    if (cards.length)
      this.#cards = { ...this.#cards, ...Object.fromEntries(cards.map((card) => [card.id, card])) };
  }

  hear(event: LogEvent): void {
    if (event.type === "notice.told") this.#know(event.cards);
    if (!("bell" in event)) return;
    if (this.list.loading) this.#heard.push(event);
    if (this.list.ready)
      this.list.items = apply({ bell: 0, notices: this.list.items }, event).notices;
  }

  /** Everything on the page was looked at; the lines stay bold until they are read. */
  see(): void {
    const upto = Math.max(0, ...this.list.items.filter((one) => !one.seen).map((one) => one.at));
    if (!upto) return;
    outbox.mutate<{ bell: number }>({
      op: { method: "POST", path: "/api/notices/seen", body: { upto }, lane: "notices" },
      apply: () => {
        bell.count = 0;
        this.list.items = this.list.items.map((one) =>
          one.at <= upto ? { ...one, seen: true } : one,
        );
      },
      revert: () => undefined,
      done: (answer) => {
        bell.count = answer.bell;
      },
    });
  }

  mark(ids: string[] | null, read: boolean): void {
    const before = this.list.items;
    outbox.mutate({
      op: { method: "POST", path: "/api/notices/read", body: { ids, read }, lane: "notices" },
      apply: () => {
        this.list.items = marked(this.list.items, ids, read);
      },
      revert: () => {
        this.list.items = before;
      },
    });
  }

  clear(): void {
    this.list.clear();
    this.#cards = {};
  }
}

export const notices = new Notices();

live.on("*", (event) => notices.hear(event));
session.onLeft(() => notices.clear());
session.onEntered(() => {
  if (notices.list.ready) void notices.list.reload();
});
