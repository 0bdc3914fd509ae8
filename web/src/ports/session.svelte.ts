import type { Boot, Me } from "../wire/types.ts";
import { api, onSignedOut, Refused } from "./api.ts";
import { loadBoot, remember } from "./boot.ts";
import { live } from "./live.ts";
import { outbox } from "./outbox.ts";
import { store } from "./store.ts";

type Entered = (boot: Boot) => void | Promise<void>;

/** Who is signed in, and the first state that came with it. */
class Session {
  boot = $state.raw<Boot | null>(null);
  me = $state.raw<Me | null>(null);
  /** The state shown is a copy from an earlier visit; the server could not be reached. */
  saved = $state(false);
  /** The session ended by itself, not by the member: say so at the sign-in. */
  expired = $state(false);
  #entered = new Set<Entered>();
  #left = new Set<() => void>();

  constructor() {
    onSignedOut(() => this.#over());
    live.onRevoked(() => this.#over());
    live.on("me.changed", (event) => {
      this.me = event.me;
    });
    live.renew = () => this.refresh();
    if (typeof window !== "undefined")
      window.addEventListener("online", () => {
        if (this.saved) void live.reset();
      });
  }

  get host() {
    return this.boot?.host ?? null;
  }

  /** `fn` takes the state of the member who has just come in, and of every refresh. */
  onEntered(fn: Entered): () => void {
    this.#entered.add(fn);
    if (this.boot?.me) void fn(this.boot);
    return () => this.#entered.delete(fn);
  }

  onLeft(fn: () => void): () => void {
    this.#left.add(fn);
    return () => this.#left.delete(fn);
  }

  async start(): Promise<void> {
    const { boot, saved } = await loadBoot();
    this.saved = saved;
    await this.enter(boot, saved);
  }

  async enter(boot: Boot, saved = false): Promise<void> {
    const same = boot.me !== null && boot.me.id === this.me?.id;
    this.boot = boot;
    this.me = boot.me;
    this.saved = saved;
    if (!boot.me) return;
    this.expired = false;
    remember(boot.me.id);
    if (!same) void store.open(boot.me.id);
    if (!saved) void store.saveBoot(boot);
    for (const fn of this.#entered) await fn(boot);
    live.follow(boot.me.id, boot.cursor);
    void outbox.start(boot.me.id).then(() => outbox.wake());
  }

  /** Reads everything anew and follows the log from there. */
  async refresh(): Promise<void> {
    const boot = await api.get<Boot>("/api/boot", { retries: 0 });
    if (boot.me?.id !== this.me?.id) return this.enter(boot);
    this.boot = boot;
    this.me = boot.me;
    this.saved = false;
    void store.saveBoot(boot);
    for (const fn of this.#entered) await fn(boot);
    live.resume(boot.cursor);
  }

  /** Signs out, or ends more by `end`. What fails leaves everything as it is. */
  async leave(end: () => Promise<unknown> = () => api.delete("/api/sessions/current")) {
    const member = this.me?.id;
    outbox.pause();
    live.stop();
    try {
      await end();
    } catch (error) {
      // Signed out only here would be a lie: the next visitor could go on as this member.
      if (member && !(error instanceof Refused && error.status === 401)) {
        live.follow(member, live.cursor);
        void outbox.start(member);
        throw error;
      }
    }
    await store.forget();
    remember(null);
    this.#gone();
  }

  #over(): void {
    if (!this.me) return;
    this.expired = true;
    outbox.pause();
    live.stop();
    this.#gone();
  }

  #gone(): void {
    this.me = null;
    for (const fn of this.#left) fn();
  }
}

export const session = new Session();
