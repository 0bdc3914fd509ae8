import type { LogEvent, NowEvent } from "../wire/types.ts";
import { address, Refused, request, Unreachable } from "./api.ts";
import { clock } from "./clock.ts";
import { net } from "./net.svelte.ts";
import { locks, tab } from "./tab.ts";

type Logged = { id: string; event: LogEvent };
type Word =
  | { kind: "event"; logged: Logged; previous: string }
  | { kind: "want"; from: string; tab: string }
  | { kind: "missed"; tab: string; events: Logged[] }
  | { kind: "gone"; tab: string }
  | { kind: "state"; live: typeof net.live }
  | { kind: "now"; passing: NowEvent }
  | { kind: "reset" }
  | { kind: "revoked" };

const KEPT = 500;
const SLEPT_MS = 45_000;
/** The member has too many browsers open: this one waits until it is looked at again. */
const MANY_MS = 600_000;

/** Compares two log numbers, which may be larger than a double can hold. */
export function later(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

/** How long to wait before try number `attempt`, spread so that clients do not return together. */
export function backOff(attempt: number, random = Math.random()): number {
  return Math.min(30_000, 500 * 2 ** Math.min(attempt, 7)) * (0.5 + random / 2);
}

/**
 * Follows the member's log. One tab, the one that gets the lock, holds the stream; it hands every
 * event to the others, which ask it for what they missed.
 */
class Live {
  #listeners = new Map<string, Set<(event: LogEvent | NowEvent) => void>>();
  /** Reads the first state anew and resumes from there; what the others read then is not older. */
  renew: () => Promise<void> = async () => {};
  #resets = new Set<() => Promise<void>>();
  #revoked = new Set<() => void>();
  #cursor = "0";
  #member: string | null = null;
  #source: EventSource | null = null;
  #channel: BroadcastChannel | null = null;
  #stop = new AbortController();
  #leading = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept: Logged[] = [];
  #keptFrom = "0";
  #resetting = false;
  #beat = 0;

  /** The number of the last event applied. */
  get cursor(): string {
    return this.#cursor;
  }

  /** What is true at one moment only, as who is typing, is heard once, or not at all. */
  on<T extends (LogEvent | NowEvent)["type"] | "*">(
    type: T,
    fn: (event: T extends "*" ? LogEvent : Extract<LogEvent | NowEvent, { type: T }>) => void,
  ): () => void {
    const set = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, set);
    const heard = fn as (event: LogEvent | NowEvent) => void;
    set.add(heard);
    return () => set.delete(heard);
  }

  /** `fn` reads its state anew, because what was told in between is never heard. */
  onReset(fn: () => Promise<void>): () => void {
    this.#resets.add(fn);
    return () => this.#resets.delete(fn);
  }

  onRevoked(fn: () => void): () => void {
    this.#revoked.add(fn);
    return () => this.#revoked.delete(fn);
  }

  follow(member: string, cursor: string): void {
    this.stop();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#member = member;
    this.#cursor = cursor;
    net.live = "connecting";
    if (typeof BroadcastChannel !== "undefined" && locks) {
      this.#channel = new BroadcastChannel(`entregent.log.${member}`);
      this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data);
      this.#say({ kind: "want", from: cursor, tab });
    }
    const nudge = () => this.#nudge();
    window.addEventListener("online", nudge, { signal });
    window.addEventListener("offline", () => this.#lost(), { signal });
    document.addEventListener("visibilitychange", nudge, { signal });
    this.#beat = clock.now();
    const pulse = setInterval(() => {
      // A machine that slept may hold a dead connection that nobody reports.
      const slept = clock.now() - this.#beat > SLEPT_MS;
      this.#beat = clock.now();
      if (slept && this.#leading) this.#open();
    }, 15_000);
    signal.addEventListener("abort", () => clearInterval(pulse));
    if (!locks) return this.#lead();
    locks
      .request(`entregent.stream.${member}`, { signal }, () => {
        this.#lead();
        return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      })
      .catch(() => {});
  }

  stop(): void {
    this.#stop.abort();
    this.#close();
    this.#channel?.close();
    this.#channel = null;
    this.#leading = false;
    this.#member = null;
    this.#kept = [];
    this.#attempt = 0;
  }

  /** Starts over at `cursor`, after the state was read anew. */
  resume(cursor: string): void {
    this.#cursor = cursor;
    this.#kept = [];
    this.#keptFrom = cursor;
    if (!this.#resetting) this.#onward();
  }

  #onward(): void {
    if (this.#leading) this.#open();
    else this.#say({ kind: "want", from: this.#cursor, tab });
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word);
  }

  #lead(): void {
    this.#leading = true;
    this.#keptFrom = this.#cursor;
    this.#kept = [];
    this.#open();
  }

  #state(live: typeof net.live): void {
    net.live = live;
    if (this.#leading) this.#say({ kind: "state", live });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #open(): void {
    this.#close();
    if (!this.#member || this.#resetting) return;
    if (navigator.onLine === false) return this.#state("offline");
    const source = new EventSource(address("/api/stream", { after: this.#cursor }));
    this.#source = source;
    source.onopen = () => {
      this.#attempt = 0;
      this.#state("live");
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as LogEvent;
      this.#receive({ id: message.lastEventId, event });
    };
    source.addEventListener("now", (message) => {
      const passing = JSON.parse((message as MessageEvent<string>).data) as NowEvent;
      this.#say({ kind: "now", passing });
      this.#tell(passing.type, passing);
    });
    source.addEventListener("reset", () => {
      this.#say({ kind: "reset" });
      void this.reset();
    });
    source.addEventListener("bye", (message) => {
      const reason = (message as MessageEvent<string>).data;
      this.#close();
      if (reason === "revoked") {
        this.#say({ kind: "revoked" });
        this.#over();
      } else this.#again({ slow: 0, many: MANY_MS }[reason]);
    });
    source.onerror = () => {
      const opened = net.live === "live";
      this.#close();
      if (opened) this.#again();
      else void this.#probe();
    };
  }

  /** A stream that does not open tells no reason; a plain request does. */
  async #probe(): Promise<void> {
    try {
      await request("GET", "/api/counts", { retries: 0 });
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return;
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    }
    this.#again();
  }

  #again(after = backOff(this.#attempt++)): void {
    if (!this.#member) return;
    this.#state(this.#attempt > 1 || navigator.onLine === false ? "offline" : "connecting");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), after);
  }

  #lost(): void {
    if (!this.#leading) return;
    this.#close();
    this.#state("offline");
  }

  #nudge(): void {
    if (!this.#leading || document.visibilityState === "hidden") return;
    if (!this.#source || this.#source.readyState === EventSource.CLOSED) {
      this.#attempt = 0;
      this.#open();
    }
  }

  #receive(logged: Logged): void {
    if (!later(logged.id, this.#cursor)) return;
    const previous = this.#cursor;
    this.#kept.push(logged);
    if (this.#kept.length > KEPT) {
      const dropped = this.#kept.splice(0, this.#kept.length - KEPT);
      this.#keptFrom = dropped[dropped.length - 1]?.id ?? this.#keptFrom;
    }
    this.#say({ kind: "event", logged, previous });
    this.#apply(logged);
  }

  #apply({ id, event }: Logged): void {
    if (!later(id, this.#cursor)) return;
    this.#cursor = id;
    this.#tell(event.type, event);
    this.#tell("*", event);
  }

  #tell(type: string, event: LogEvent | NowEvent): void {
    for (const fn of this.#listeners.get(type) ?? [])
      try {
        fn(event);
      } catch (error) {
        // One listener's fault must not keep the others, or the next event, from being heard.
        reportError(error);
      }
  }

  #hear(word: Word): void {
    if (word.kind === "want") {
      if (!this.#leading) return;
      this.#say({ kind: "state", live: net.live });
      if (later(this.#keptFrom, word.from)) this.#say({ kind: "gone", tab: word.tab });
      else {
        const events = this.#kept.filter((logged) => later(logged.id, word.from));
        this.#say({ kind: "missed", tab: word.tab, events });
      }
      return;
    }
    if (this.#leading) return;
    switch (word.kind) {
      case "event":
        if (later(word.previous, this.#cursor))
          this.#say({ kind: "want", from: this.#cursor, tab });
        else this.#apply(word.logged);
        break;
      case "now":
        this.#tell(word.passing.type, word.passing);
        break;
      case "missed":
        if (word.tab === tab) for (const logged of word.events) this.#apply(logged);
        break;
      case "gone":
        if (word.tab === tab) void this.reset();
        break;
      case "state":
        net.live = word.live;
        break;
      case "reset":
        void this.reset();
        break;
      case "revoked":
        this.#over();
        break;
    }
  }

  #over(): void {
    this.stop();
    for (const fn of this.#revoked) fn();
  }

  /** Everybody reads anew: what is skipped in one place would be missed in all others. */
  async reset(): Promise<void> {
    if (this.#resetting || !this.#member) return;
    this.#resetting = true;
    this.#close();
    try {
      await this.renew();
      await Promise.all([...this.#resets].map((fn) => fn()));
      this.#resetting = false;
      this.#onward();
    } catch {
      this.#resetting = false;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.reset(), backOff(this.#attempt++));
    }
  }
}

export const live = new Live();
