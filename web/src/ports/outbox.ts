import { afterPaint } from "../kit/paint.ts";
import type { Id } from "../wire/words.ts";
import { Refused, request, Unreachable } from "./api.ts";
import { clock } from "./clock.ts";
import { clientId } from "./ids.ts";
import { backOff } from "./live.ts";
import { store } from "./store.ts";
import { livingTabs, tab, whenGone } from "./tab.ts";
import type { Mutation, Op, Outcome, Verb, Write } from "./writes.ts";

export type { Mutation, Op, Outcome, Verb, Write } from "./writes.ts";

type Entry = {
  op: Op;
  verb: Verb;
  /** It is on its way, or was and no answer came: the server may have done it. */
  left: boolean;
  settle: (outcome: Outcome) => void;
};
type Lane = {
  entries: Entry[];
  busy: boolean;
  attempt: number;
  timer?: ReturnType<typeof setTimeout>;
};

/**
 * Writes that the member has already seen happen: saved here, sent in order, repeated until the
 * server has answered. The server knows `client_id`, so sending twice does a thing once.
 */
class Outbox {
  #lanes = new Map<string, Lane>();
  #verbs = new Map<string, Verb>();
  #failed = new Map<string, Op>();
  #changes = new Set<() => void>();
  #refusals = new Set<(refused: Refused, op: Op) => void>();
  #paused = true;
  #leaving = false;
  #late = new Set<() => void>();
  #waited = new Set<string>();
  #member: Id | null = null;

  constructor() {
    if (typeof window === "undefined") return;
    // Before those listeners that do at the last moment what they had put off.
    window.addEventListener(
      "pagehide",
      () => {
        this.#leaving = true;
        for (const go of this.#late) go();
        for (const [name, lane] of this.#lanes)
          if (lane.entries[0]?.op.after) void this.#pump(name, lane);
      },
      true,
    );
    window.addEventListener("pageshow", () => (this.#leaving = false), true);
    window.addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.wake();
    });
  }

  /** Names a kind of write, so that it can be shown and finished after a reload. */
  verb<A, R>(name: string, verb: Verb<A, R>): void {
    this.#verbs.set(name, verb as Verb);
    // A slice that is loaded after the start still finds what it left unsent.
    if (this.#member) queueMicrotask(() => void this.#adopt());
  }

  onChange(fn: () => void): () => void {
    this.#changes.add(fn);
    return () => this.#changes.delete(fn);
  }

  /** Hears every refusal after it was reverted, so that the frame can say the server's sentence. */
  onRefused(fn: (refused: Refused, op: Op) => void): () => void {
    this.#refusals.add(fn);
    return () => this.#refusals.delete(fn);
  }

  /** Everything not yet answered, and what was refused and kept. */
  *pending(): Iterable<Op> {
    for (const lane of this.#lanes.values()) for (const entry of lane.entries) yield entry.op;
  }

  failed(): Iterable<Op> {
    return this.#failed.values();
  }

  /** Loads what an earlier page load left, shows it again and sends it. */
  async start(member: Id): Promise<void> {
    if (this.#member !== member) this.#clear();
    this.#member = member;
    this.#paused = false;
    // Whoever calls may be an effect, and must not come to depend on what is shown below.
    await Promise.resolve();
    // The state may be new, after a session has ended: what is on its way is shown in it again.
    for (const lane of this.#lanes.values())
      for (const entry of lane.entries) entry.verb.apply(entry.op);
    for (const op of this.#failed.values()) this.#showRefused(op);
    await this.#adopt();
  }

  /** Takes over what no living tab will send. */
  async #adopt(): Promise<void> {
    const member = this.#member;
    const [ops, alive] = await Promise.all([store.ops(), livingTabs()]);
    if (this.#member !== member) return;
    for (const op of ops) {
      if (this.#knows(op.client_id)) continue;
      if (alive(op.tab)) {
        this.#inherit(op.tab);
        continue;
      }
      const verb = op.verb === null ? undefined : this.#verbs.get(op.verb);
      if (op.verb !== null && !verb) continue;
      const mine: Op = { ...op, tab };
      void store.saveOp(mine);
      if (mine.refusal) {
        this.#failed.set(mine.client_id, mine);
        this.#showRefused(mine);
      } else {
        verb?.apply(mine);
        this.#queue(mine, verb ?? { apply() {}, revert() {} });
      }
    }
    this.#changed();
  }

  /** A tab that closes, or that is just closing, leaves to us what it has not sent. */
  #inherit(other: string): void {
    if (other === tab || this.#waited.has(other)) return;
    this.#waited.add(other);
    void whenGone(other).then(() => {
      this.#waited.delete(other);
      if (this.#member) void this.#adopt();
    });
  }

  #showRefused(op: Op): void {
    const verb = op.verb === null ? undefined : this.#verbs.get(op.verb);
    verb?.apply(op);
    if (op.refusal) verb?.revert(op, new Refused(400, op.refusal.code, op.refusal.message));
  }

  /** Stops sending, for instance while nobody is signed in; nothing is lost. */
  pause(): void {
    this.#paused = true;
  }

  /** Tries everything now. */
  wake(): void {
    if (this.#paused) return;
    for (const [name, lane] of this.#lanes) {
      lane.attempt = 0;
      clearTimeout(lane.timer);
      void this.#pump(name, lane);
    }
  }

  /** Does `verb` now for the member to see, and sends it. */
  do<A>(name: string, write: Write, args: A): Mutation {
    const verb = this.#verbs.get(name);
    if (!verb) throw new Error(`no such verb: ${name}`);
    return this.#submit(write, name, args, verb);
  }

  /** The same for a write that need not be shown again after a reload. */
  mutate<R = unknown>(change: {
    op: Write;
    apply: () => void;
    revert: (refused: Refused | null) => void;
    done?: (answer: R) => void;
  }): Mutation {
    return this.#submit(change.op, null, null, {
      apply: change.apply,
      revert: (_, refused) => change.revert(refused),
      done: (_, answer) => change.done?.(answer as R),
    });
  }

  retry(clientId: string): void {
    const op = this.#failed.get(clientId);
    const verb = op?.verb && this.#verbs.get(op.verb);
    if (!op || !verb) return;
    this.#failed.delete(clientId);
    const again: Op = { ...op, refusal: null };
    verb.apply(again);
    void store.saveOp(again);
    this.#queue(again, verb);
    this.#changed();
  }

  discard(clientId: string): void {
    if (!this.#failed.delete(clientId)) return;
    void store.removeOp(clientId);
    this.#changed();
  }

  #submit(write: Write, name: string | null, args: unknown, verb: Verb): Mutation {
    const id = clientId();
    const op: Op = {
      client_id: id,
      method: write.method,
      path: write.path,
      body: { ...write.body, client_id: id },
      lane: write.lane ?? id,
      verb: name,
      args,
      at: clock.now(),
      tab,
      refusal: null,
      ...(write.holdMs ? { after: clock.now() + write.holdMs } : {}),
    };
    verb.apply(op);
    const saved = write.afterPaint ? this.#painted().then(() => this.#save(op)) : store.saveOp(op);
    const entry = this.#queue(op, verb, saved);
    this.#changed();
    return { client_id: id, settled: entry.settled, saved, cancel: () => this.cancel(id) };
  }

  /** The next frame is on the screen, or the page is being left. */
  #painted(): Promise<void> {
    if (this.#leaving) return Promise.resolve();
    return new Promise((resolve) => {
      this.#late.add(resolve);
      afterPaint(() => {
        this.#late.delete(resolve);
        resolve();
      });
    });
  }

  #save(op: Op): Promise<unknown> | undefined {
    return this.#knows(op.client_id) ? store.saveOp(op) : undefined;
  }

  #queue(op: Op, verb: Verb, saved?: Promise<unknown>): { settled: Promise<Outcome> } {
    const lane = this.#lanes.get(op.lane) ?? { entries: [], busy: false, attempt: 0 };
    this.#lanes.set(op.lane, lane);
    let settle: (outcome: Outcome) => void = () => {};
    const settled = new Promise<Outcome>((resolve) => {
      settle = resolve;
    });
    lane.entries.push({ op, verb, left: false, settle });
    // Saved first, sent then: a crash between the two repeats the write instead of losing it.
    // A page that is being left has no time for that: there the browser sends without it.
    if (saved && !this.#leaving) void saved.then(() => this.#pump(op.lane, lane));
    else void this.#pump(op.lane, lane);
    return { settled };
  }

  /** Takes a write back if it was not sent yet. */
  cancel(clientId: string): boolean {
    for (const lane of this.#lanes.values()) {
      const entry = lane.entries.find((one) => one.op.client_id === clientId);
      if (!entry || entry.left) continue;
      this.#settle(lane, entry);
      void store.removeOp(clientId);
      entry.verb.revert(entry.op, null);
      entry.settle("cancelled");
      this.#changed();
      return true;
    }
    return false;
  }

  /** For how long the next one is still held. */
  #rest(lane: Lane): number {
    return this.#leaving ? 0 : (lane.entries[0]?.op.after ?? 0) - clock.now();
  }

  async #pump(name: string, lane: Lane): Promise<void> {
    if (this.#rest(lane) > 0) {
      clearTimeout(lane.timer);
      lane.timer = setTimeout(() => void this.#pump(name, lane), this.#rest(lane));
      return;
    }
    if (lane.busy || this.#paused || navigator.onLine === false) return;
    lane.busy = true;
    try {
      for (let entry = lane.entries[0]; entry && !this.#paused; entry = lane.entries[0])
        if (this.#rest(lane) > 0 || !(await this.#send(name, lane, entry))) return;
      // A lane that emptied before may have a successor of its name, which holds writes.
      if (!lane.entries.length && this.#lanes.get(name) === lane) this.#lanes.delete(name);
    } finally {
      lane.busy = false;
      // Something may have come in after the last look and before the flag fell.
      if (lane.entries[0] && !lane.attempt && !this.#paused) void this.#pump(name, lane);
    }
  }

  /** True when the lane may go on to its next write. */
  async #send(name: string, lane: Lane, entry: Entry): Promise<boolean> {
    const { op, verb } = entry;
    try {
      const ready = verb.ready?.(op);
      if (ready) {
        await ready;
        // It may have been taken back meanwhile.
        if (!lane.entries.includes(entry)) return true;
        void store.saveOp(op);
      }
      entry.left = true;
      const response = await request(op.method, op.path, {
        body: op.body,
        keepalive: this.#leaving,
      });
      const answer: unknown = response.status === 204 ? null : await response.json();
      this.#settle(lane, entry);
      void store.removeOp(op.client_id);
      verb.done?.(op, answer);
      entry.settle("sent");
    } catch (error) {
      if (!lane.entries.includes(entry)) return true;
      if (error instanceof Refused) entry.left = false;
      if (error instanceof Refused && !error.passing) {
        this.#settle(lane, entry);
        this.#refuse(op, verb, error);
        entry.settle("refused");
      } else {
        if (error instanceof Refused && error.status === 401) this.#paused = true;
        const asked =
          error instanceof Refused || error instanceof Unreachable ? error.retryAfter : null;
        const wait = Math.max((asked ?? 0) * 1000, backOff(++lane.attempt));
        clearTimeout(lane.timer);
        lane.timer = setTimeout(() => void this.#pump(name, lane), wait);
        this.#changed();
        return false;
      }
    }
    lane.attempt = 0;
    this.#changed();
    return true;
  }

  #refuse(op: Op, verb: Verb, refused: Refused): void {
    if (verb.keepsRefused) {
      const kept = { ...op, refusal: { code: refused.code, message: refused.message } };
      this.#failed.set(op.client_id, kept);
      void store.saveOp(kept);
    } else void store.removeOp(op.client_id);
    verb.revert(op, refused);
    for (const fn of this.#refusals) fn(refused, op);
  }

  #settle(lane: Lane, entry: Entry): void {
    const index = lane.entries.indexOf(entry);
    if (index >= 0) lane.entries.splice(index, 1);
  }

  #knows(clientId: string): boolean {
    if (this.#failed.has(clientId)) return true;
    for (const op of this.pending()) if (op.client_id === clientId) return true;
    return false;
  }

  #clear(): void {
    for (const lane of this.#lanes.values()) clearTimeout(lane.timer);
    this.#lanes.clear();
    this.#failed.clear();
  }

  #changed(): void {
    for (const fn of this.#changes) fn();
  }
}

export const outbox = new Outbox();
