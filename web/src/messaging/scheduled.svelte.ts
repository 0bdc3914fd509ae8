/** Messages of the member's that wait for their time. */
import { api } from "../ports/api.ts";
import { clock } from "../ports/clock.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Scheduled } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { How } from "./sending.ts";

type Expected = { conversation: Id; text: string; sendAt: number } & How;

/** What is put back after its time is sent a little later. */
const SOON_MS = 60_000;

class Waiting {
  /** The next one first; null until it was asked for. */
  #known = $state.raw<Scheduled[] | null>(null);
  /** On their way to the server, by our own ids. */
  #expected = $state.raw<Scheduled[]>([]);
  /** Sent or cancelled here, until the server says so. */
  #leaving = $state.raw<ReadonlySet<Id>>(new Set());
  /** How they are to be sent. */
  #how = new Map<Id, How>();
  /** To be sent or taken back as soon as the server has them, by our own ids. */
  #meant = new Map<Id, "send" | "cancel">();
  /** What was said of each, in order: an answer that was asked for before may not know of it. */
  #heard: { id: Id; one: Scheduled | null }[] = [];
  failed = $state(false);

  readonly list = $derived.by(() => {
    const all = [...(this.#known ?? []), ...this.#expected];
    return all
      .filter((one) => !one.held && !this.#leaving.has(one.id))
      .toSorted((a, b) => a.send_at - b.send_at);
  });

  get ready(): boolean {
    return this.#known !== null;
  }

  of(conversation: Id): Scheduled[] {
    return this.list.filter((one) => one.conversation_id === conversation);
  }

  async load(): Promise<void> {
    const from = this.#heard.length;
    try {
      const { scheduled } = await api.get<{ scheduled: Scheduled[] }>("/api/scheduled");
      const known = new Map(scheduled.map((one) => [one.id, one]));
      for (const { id, one } of this.#heard.slice(from))
        if (one) known.set(id, one);
        else known.delete(id);
      this.#known = [...known.values()];
      this.failed = false;
    } catch {
      this.failed = this.#known === null;
    }
  }

  expect(clientId: string, { conversation, text, sendAt, ...how }: Expected): void {
    this.forget(clientId);
    this.#how.set(clientId, how);
    const one: Scheduled = {
      id: clientId,
      conversation_id: conversation,
      client_id: clientId,
      text,
      send_at: sendAt,
      held: false,
      refusal: null,
      quote_seq: null,
      forward: null,
      media: [],
    };
    this.#expected = [...this.#expected, one];
  }

  forget(clientId: string): void {
    if (this.#expected.some((one) => one.id === clientId))
      this.#expected = this.#expected.filter((one) => one.id !== clientId);
  }

  put(one: Scheduled, clientId = one.client_id): void {
    this.forget(clientId);
    // The news of its end may come before the answer of its beginning.
    if (this.#heard.some((heard) => heard.id === one.id && !heard.one)) return;
    this.#heard.push({ id: one.id, one });
    const meant = this.#meant.get(clientId);
    if (this.#meant.delete(clientId) && meant) this.settle(one, meant);
    if (this.#known) this.#known = [...this.#known.filter((old) => old.id !== one.id), one];
    else void this.load();
  }

  remove(id: Id): void {
    this.#heard.push({ id, one: null });
    if (this.#known) this.#known = this.#known.filter((one) => one.id !== id);
    this.#leaving = new Set([...this.#leaving].filter((one) => one !== id));
  }

  /** Sends one now, or takes it back; seen at once. */
  settle(one: Scheduled, how: "send" | "cancel"): void {
    if (one.id === one.client_id) {
      if (how === "cancel" && outbox.cancel(one.id)) return;
      this.#meant.set(one.id, how);
      this.#leaving = new Set([...this.#leaving, one.id]);
      return;
    }
    outbox.mutate({
      op: { method: "POST", path: `/api/scheduled/${one.id}/${how}`, body: {} },
      apply: () => {
        this.#leaving = new Set([...this.#leaving, one.id]);
      },
      revert: () => {
        this.#leaving = new Set([...this.#leaving].filter((id) => id !== one.id));
      },
      done: () => this.remove(one.id),
    });
  }

  /** How to send the same once more, with all that goes with it. */
  how({ id, quote_seq, forward, media, send_at }: Scheduled): How {
    const sendAt = Math.max(send_at, clock.now() + SOON_MS);
    if (this.#how.has(id)) return { ...this.#how.get(id), sendAt };
    return { with: { quote_seq, forward, media: media.map((file) => file.id) }, sendAt };
  }

  clear(): void {
    this.#known = null;
    this.#expected = [];
    this.#leaving = new Set();
    this.#how.clear();
    this.#meant.clear();
    this.#heard = [];
  }
}

export const waiting = new Waiting();

live.on("scheduled.changed", ({ scheduled }) => waiting.put(scheduled));
live.on("scheduled.removed", ({ id }) => waiting.remove(id));
live.onReset(() => (waiting.ready ? waiting.load() : Promise.resolve()));
session.onLeft(() => waiting.clear());
