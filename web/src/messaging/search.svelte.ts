import { api } from "../ports/api.ts";
import type { SearchHit, SearchPage } from "../wire/types.ts";
import { faces } from "./faces.svelte.ts";
import { inbox } from "./mailbox.svelte.ts";

const WAIT_MS = 110;

/** Messages that hold some words, found while they are typed. */
class MessageSearch {
  text = $state("");
  hits = $state.raw<SearchHit[]>([]);
  total = $state(0);
  busy = $state(false);
  failed = $state(false);
  /** The words that `hits` answer; the old hits stay until new ones are here. */
  answered = $state("");
  cursor = $state(0);
  #next: string | null = null;
  #stop: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get more(): boolean {
    return this.#next !== null;
  }

  look(text: string): void {
    const words = text.trim();
    clearTimeout(this.#timer);
    if (words === this.answered && !this.failed) return;
    this.#stop?.abort();
    if (!words) {
      this.hits = [];
      this.total = 0;
      this.answered = "";
      this.busy = false;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => void this.#ask(words, null), WAIT_MS);
  }

  async further(): Promise<void> {
    if (!this.#next || this.busy) return;
    this.busy = true;
    await this.#ask(this.answered, this.#next);
  }

  retry(): void {
    this.failed = false;
    void this.#ask(this.text.trim(), null);
  }

  async #ask(words: string, after: string | null): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const page = await api.get<SearchPage>("/api/search", {
        query: { q: words, after, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        signal: stop.signal,
        retries: 0,
      });
      faces.put(page.cards);
      for (const hit of page.hits) if (!inbox.cells.has(hit.row.id)) inbox.cells.put(hit.row);
      this.hits = after ? [...this.hits, ...page.hits] : page.hits;
      this.total = page.total;
      this.#next = page.next;
      if (!after) this.cursor = 0;
      this.answered = words;
      this.failed = false;
    } catch {
      if (stop.signal.aborted) return;
      this.failed = true;
    }
    this.busy = false;
  }
}

export const search = new MessageSearch();

export type Part = { text: string; hit: boolean };

const BEFORE = 40;
const AFTER = 160;

/** The text around the first hit, cut into what matches and what does not. */
export function excerpt(text: string, ranges: [number, number][]): Part[] {
  const first = ranges[0]?.[0] ?? 0;
  let from = Math.max(0, first - BEFORE);
  if (from > 0) {
    const space = text.indexOf(" ", from);
    if (space >= 0 && space < first) from = space + 1;
  }
  const to = Math.min(text.length, first + AFTER);
  const parts: Part[] = [];
  const add = (start: number, end: number, hit: boolean) => {
    const piece = text.slice(start, end).replace(/\s+/g, " ");
    if (piece) parts.push({ text: piece, hit });
  };
  if (from > 0) parts.push({ text: "…", hit: false });
  let at = from;
  for (const [start, end] of ranges) {
    if (start < at || start >= to) continue;
    add(at, start, false);
    add(start, Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  if (to < text.length) parts.push({ text: "…", hit: false });
  return parts;
}
