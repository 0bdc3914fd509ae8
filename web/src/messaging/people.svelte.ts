import { api } from "../ports/api.ts";
import { clock } from "../ports/clock.ts";
import type { Card, FoundPeople } from "../wire/types.ts";
import { faces } from "./faces.svelte.ts";

const WAIT_MS = 90;
const KEPT_MS = 60_000;

/** People whose names begin so, as one types; the last answer stays until the next is here. */
export class PeopleSearch {
  found = $state.raw<Card[]>([]);
  busy = $state(false);
  failed = $state(false);
  #stop: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = new Map<string, { people: Card[]; at: number }>();

  look(text: string): void {
    const words = text.trim();
    clearTimeout(this.#timer);
    this.#stop?.abort();
    const kept = this.#kept.get(words);
    if (kept && clock.now() - kept.at < KEPT_MS) {
      this.found = kept.people;
      this.busy = false;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => void this.#ask(words), WAIT_MS);
  }

  async #ask(words: string): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const { people } = await api.get<FoundPeople>("/api/people", {
        query: { q: words },
        signal: stop.signal,
        retries: 0,
      });
      faces.put(people);
      this.#kept.set(words, { people, at: clock.now() });
      this.found = people;
      this.failed = false;
    } catch {
      if (stop.signal.aborted) return;
      this.failed = true;
    }
    this.busy = false;
  }
}
