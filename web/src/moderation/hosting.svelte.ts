/** The hosts' queue: who waits, and what there is about the one that is looked at. */
import { api, Refused } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import type { Card, HostCase, HostCases, HostFile, HostRuled } from "../wire/types.ts";

export type State = "waiting" | "decided";

/** A line's own name: what is about nobody in particular goes by 0. */
export const keyOf = (one: HostCase): string => one.person_id ?? "0";

class Hosting {
  /** How many people something waits about; null for who is no host. */
  open = $state<number | null>(session.boot?.reports ?? null);
  cases = $state.raw<HostCase[]>([]);
  next = $state<string | null>(null);
  file = $state.raw<HostFile | null>(null);
  fault = $state.raw<unknown>(null);
  ready = $state(false);
  #cards = $state.raw(new Map<string, Card>());
  #state: State = "waiting";
  #id: string | null = null;

  name(id: string | null): string {
    return (id && this.#cards.get(id)?.name) || "";
  }

  card(id: string): Card | null {
    return this.#cards.get(id) ?? null;
  }

  async load(state: State): Promise<void> {
    if (state !== this.#state) {
      this.cases = [];
      this.ready = false;
    }
    this.#state = state;
    await this.#try(async () => {
      const page = await api.get<HostCases>("/api/host/reports", { query: { state } });
      if (this.#state !== state) return;
      this.#take(page.cards);
      this.cases = page.cases;
      this.next = page.next;
      this.ready = true;
    });
  }

  async more(): Promise<void> {
    const { next } = this;
    if (!next) return;
    await this.#try(async () => {
      const query = { state: this.#state, after: next };
      const page = await api.get<HostCases>("/api/host/reports", { query });
      if (this.next !== next) return;
      this.#take(page.cards);
      this.cases = [...this.cases, ...page.cases];
      this.next = page.next;
    });
  }

  async look(id: string | null): Promise<void> {
    if (id !== this.#id) this.file = null;
    this.#id = id;
    if (id === null) return;
    await this.#try(async () => {
      const file = await api.get<HostFile>(`/api/host/reports/${id}`);
      if (this.#id !== id) return;
      this.#take(file.cards);
      this.file = file;
    });
  }

  async earlier(): Promise<void> {
    const { file } = this;
    if (!file?.next) return;
    await this.#try(async () => {
      const id = keyOf(file.case);
      const query = { after: file.next };
      const page = await api.get<HostFile>(`/api/host/reports/${id}`, { query });
      if (this.file !== file) return;
      this.#take(page.cards);
      this.file = { ...file, reports: [...file.reports, ...page.reports], next: page.next };
    });
  }

  /** Sends a decision, or an answer to who objected; what is shown follows the server. */
  async rule(path: string, body: Record<string, unknown>): Promise<void> {
    const done = await api.post<HostRuled>(path, body);
    this.open = done.open;
    await Promise.all([this.load(this.#state), this.look(this.#id)]);
  }

  again(): void {
    void this.load(this.#state);
    if (this.#id !== null) void this.look(this.#id);
  }

  #take(cards: Card[]): void {
    this.#cards = new Map([...this.#cards, ...cards.map((one) => [one.id, one] as const)]);
  }

  async #try(fn: () => Promise<void>): Promise<void> {
    try {
      await fn();
      this.fault = null;
    } catch (error) {
      this.fault = error;
      if (error instanceof Refused && error.status === 404) this.file = null;
    }
  }
}

export const hosting = new Hosting();

live.on("host.queue", ({ open }) => {
  hosting.open = open;
  if (hosting.ready && open !== null) hosting.again();
});
session.onEntered((boot) => {
  hosting.open = boot.reports;
});
session.onLeft(() => {
  hosting.open = null;
  hosting.cases = [];
  hosting.file = null;
  hosting.ready = false;
});
