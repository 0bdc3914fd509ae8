/** Who is typing and who is here, as long as both sides want to know it. */
import { api } from "../ports/api.ts";
import { clock } from "../ports/clock.ts";
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import type { Id } from "../wire/words.ts";

/** Said again as long as the member is here, and when that changes. */
const HERE_MS = 30_000;
/** Somebody who types says so again within this time. */
const SAY_MS = 4_000;
const TRUST_MS = 7_000;

class Presence {
  #typing = $state.raw<ReadonlyMap<Id, ReadonlyMap<Id, number>>>(new Map());
  #here = $state.raw<ReadonlyMap<Id, "here" | "away">>(new Map());
  #said = new Map<Id, number>();
  #pulse: ReturnType<typeof setTimeout> | undefined;

  /** Who is typing in a conversation now. */
  typing(conversation: Id): Id[] {
    return [...(this.#typing.get(conversation)?.keys() ?? [])];
  }

  state(person: Id): "here" | "away" | null {
    return this.#here.get(person) ?? null;
  }

  /** The member touched a key in a conversation. */
  type(conversation: Id): void {
    const me = session.me;
    const now = clock.now();
    if (!me?.receipts || navigator.onLine === false) return;
    if (now - (this.#said.get(conversation) ?? 0) < SAY_MS) return;
    this.#said.set(conversation, now);
    // Who does not hear it misses nothing.
    void api.post(`/api/conversations/${conversation}/typing`).catch(() => {});
  }

  /** What was typed is sent: the next key says it anew. */
  rest(conversation: Id): void {
    this.#said.delete(conversation);
  }

  hear(conversation: Id, person: Id): void {
    const people = new Map(this.#typing.get(conversation));
    clearTimeout(people.get(person));
    const timer = setTimeout(() => this.stopped(conversation, person), TRUST_MS);
    people.set(person, timer as unknown as number);
    this.#typing = new Map(this.#typing).set(conversation, people);
  }

  stopped(conversation: Id, person: Id): void {
    const people = new Map(this.#typing.get(conversation));
    clearTimeout(people.get(person));
    if (!people.delete(person)) return;
    const all = new Map(this.#typing);
    if (people.size) all.set(conversation, people);
    else all.delete(conversation);
    this.#typing = all;
  }

  see(person: Id, state: "here" | "away"): void {
    this.#here = new Map(this.#here).set(person, state);
  }

  /** Tells the server whether the page is looked at, and learns who else is here. */
  async beat(): Promise<void> {
    clearTimeout(this.#pulse);
    if (!session.me) return;
    const state = document.visibilityState === "visible" ? "here" : "away";
    if (state === "here") this.#pulse = setTimeout(() => void this.beat(), HERE_MS);
    if (!session.me.presence) {
      this.#here = new Map();
      return;
    }
    if (navigator.onLine === false) return;
    try {
      const { here } = await api.post<{ here: Id[] }>("/api/here", { state });
      this.#here = new Map(here.map((id) => [id, "here"]));
    } catch {
      // Nobody is said to be here of whom that is not known.
      this.#here = new Map();
    }
  }

  clear(): void {
    clearTimeout(this.#pulse);
    this.#typing = new Map();
    this.#here = new Map();
    this.#said.clear();
  }
}

export const presence = new Presence();

live.on("typing", (one) => presence.hear(one.conversation_id, one.person_id));
live.on("presence", (one) => presence.see(one.person_id, one.state));
live.on("message.sent", ({ message }) => {
  if (message.author_id) presence.stopped(message.conversation_id, message.author_id);
});
session.onEntered(() => void setTimeout(() => void presence.beat(), 1_500));
if (typeof document !== "undefined")
  document.addEventListener("visibilitychange", () => void presence.beat());
if (typeof window !== "undefined") window.addEventListener("online", () => void presence.beat());
live.on("me.changed", () => void presence.beat());
session.onLeft(() => presence.clear());
