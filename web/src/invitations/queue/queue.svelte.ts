/** Those whom I answer one by one, each with words of their own. */

import { t } from "../../kit/i18n.svelte.ts";
import { later } from "../../kit/later.ts";
import { notify } from "../../kit/toasts.svelte.ts";
import { api } from "../../ports/api.ts";
import { outbox } from "../../ports/outbox.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Card } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";
import { invitations } from "../invitations.svelte.ts";
import { withCards } from "../model.ts";
import { type AskVerb, answers } from "../triage/desk.svelte.ts";
import { pile } from "../triage/pile.svelte.ts";
import { runs } from "../triage/runs.svelte.ts";
import type { Invitation, One, Run } from "../triage/words.ts";

interface QueuePage {
  items: { invitation: Invitation; verb: AskVerb; text: string }[];
  next: string | null;
  total: number;
  cards: Card[];
}

export interface Queued {
  one: One;
  verb: AskVerb;
  text: string;
}

interface Shown {
  items: Queued[];
  total: number;
}

const me = (): Id => session.me?.id ?? "";

class Queue {
  items = $state.raw<Queued[]>([]);
  total = $state.raw(0);
  /** Sent in this sitting. */
  answered = $state(0);
  index = $state(0);
  ready = $state(false);
  fault = $state.raw<unknown>(null);
  #next: string | null = null;
  #loading = false;
  /** Taken out here; the server may not know yet. */
  readonly #taken = new Set<Id>();

  get current(): Queued | null {
    return this.items[this.index] ?? null;
  }

  async load(): Promise<void> {
    try {
      this.show(await this.#page(""));
      this.index = 0;
      this.fault = null;
      this.ready = true;
    } catch (error) {
      this.fault = error;
    }
  }

  /** As far as it is shown here. */
  async read(): Promise<Shown> {
    const all = await this.#page("");
    while (all.items.length < this.items.length && this.#next !== null) {
      const { items } = await this.#page(this.#next);
      all.items.push(...items);
    }
    return all;
  }

  /** Whoever stands before the member stays there. */
  show({ items, total }: Shown): void {
    const who = this.current?.one.id;
    this.items = items.filter(({ one }) => !this.#taken.has(one.id));
    this.total = total - (items.length - this.items.length);
    const at = this.items.findIndex(({ one }) => one.id === who);
    this.index = Math.max(0, at < 0 ? Math.min(this.index, this.items.length - 1) : at);
  }

  async #page(after: string): Promise<Shown> {
    const page = await api.get<QueuePage>("/api/invitations/queue", { query: { after } });
    this.#next = page.next;
    const ones = withCards(
      page.items.map((item) => item.invitation),
      page.cards,
    );
    return {
      total: page.total,
      items: page.items.map(({ verb, text }, at) => {
        const one = ones[at] as One;
        return { one, verb, text: answers.get(me(), one.id) || text };
      }),
    };
  }

  async #more(): Promise<void> {
    if (this.#loading || this.#next === null || this.index < this.items.length - 5) return;
    this.#loading = true;
    try {
      const { items } = await this.#page(this.#next);
      const known = new Set(this.items.map(({ one }) => one.id));
      this.items = [...this.items, ...items.filter(({ one }) => !known.has(one.id))];
    } catch {
      // The next step asks again.
    } finally {
      this.#loading = false;
    }
  }

  move(by: number): void {
    this.index = Math.max(0, Math.min(this.items.length - 1, this.index + by));
    void this.#more();
  }

  write(id: Id, text: string): void {
    answers.put(me(), id, text);
    this.items = this.items.map((item) => (item.one.id === id ? { ...item, text } : item));
  }

  /** Takes one out, and gives the next its place; the answer puts it back. */
  #take(item: Queued): () => void {
    const at = this.items.indexOf(item);
    this.#taken.add(item.one.id);
    this.items = this.items.filter((other) => other !== item);
    this.total -= 1;
    this.index = Math.min(Math.max(0, at), Math.max(0, this.items.length - 1));
    void this.#more();
    return () => {
      this.#taken.delete(item.one.id);
      if (this.items.some(({ one }) => one.id === item.one.id)) return;
      const place = Math.max(0, Math.min(at, this.items.length));
      this.items = this.items.toSpliced(place, 0, item);
      this.total += 1;
      this.index = place;
    };
  }

  /** Words that go out wait as long as they can be taken back; when the page is left, all go at once. */
  send(item: Queued): void {
    const { one } = item;
    const text = item.text.trim();
    if (!text) return;
    const rest = this.#take(item);
    this.answered += 1;
    invitations.count([one.id], false);
    const back = (): void => {
      rest();
      this.answered -= 1;
      invitations.count([one.id], true);
    };
    const planned = later(() => {
      const { saved } = outbox.mutate<Run>({
        op: {
          method: "POST",
          path: `/api/invitations/queue/${one.id}/send`,
          body: { text },
        },
        apply: () => undefined,
        revert: back,
        done: (run) => {
          this.#taken.delete(one.id);
          runs.put(run);
          pile.settled(one.id);
        },
      });
      void saved.then(() => answers.put(me(), one.id, ""));
    });
    notify(t(`invitations.act_${item.verb}`, { count: 1, name: one.card.name }), {
      undo: () => {
        if (planned.cancel()) back();
      },
    });
  }

  /** Leaves somebody waiting as before. */
  skip(item: Queued): void {
    const back = this.#take(item);
    const planned = later(() => {
      answers.put(me(), item.one.id, "");
      outbox.mutate({
        op: {
          method: "DELETE",
          path: `/api/invitations/queue/${item.one.id}`,
          body: {},
        },
        apply: () => undefined,
        revert: back,
        done: () => this.#taken.delete(item.one.id),
      });
    });
    notify(t("invitations.skipped", { name: item.one.card.name }), {
      undo: () => {
        if (planned.cancel()) back();
      },
    });
  }

  clear(): void {
    this.items = [];
    this.total = 0;
    this.answered = 0;
    this.ready = false;
    this.#taken.clear();
  }
}

export const queue = new Queue();
session.onLeft(() => queue.clear());
