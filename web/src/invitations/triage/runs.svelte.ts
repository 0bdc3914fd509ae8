/** What is being done to many at once: its progress, stop and undo. */
import { api } from "../../ports/api.ts";
import { live } from "../../ports/live.ts";
import { outbox } from "../../ports/outbox.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";
import { pile } from "./pile.svelte.ts";
import type { Run } from "./words.ts";

/** Every write about invitations, in the order in which it was made. */
export const LANE = "invitations";
const FEW = 50;

const moving = (run: Run): boolean => run.state === "running" || run.state === "undoing";

class Runs {
  /** The one that is shown above the list. */
  current = $state.raw<Run | null>(null);
  /** Newest first. */
  list = $state.raw<Run[]>([]);
  ready = $state.raw(false);
  fault = $state.raw<unknown>(null);
  /** Its undo was asked for while it ran: it is stopped first. */
  #undoing = new Set<Id>();

  put(run: Run): void {
    const known = this.list.some((one) => one.id === run.id);
    const before = known ? this.list.find((one) => one.id === run.id) : undefined;
    this.list = known
      ? this.list.map((one) => (one.id === run.id ? run : one))
      : [run, ...this.list];
    if (this.current?.id === run.id || (run.total > FEW && run.kind !== "arrival"))
      this.current = run;
    if (!moving(run) && this.#undoing.delete(run.id) && run.state !== "undone") this.#undo(run.id);
    // What is many is read anew; what is few was shown as it was done.
    const finished = !moving(run) && (!before || moving(before) || before.state !== run.state);
    if (finished && (run.total > FEW || run.kind !== "bulk")) void pile.reload();
  }

  dismiss(): void {
    this.current = null;
  }

  stop(run: Run): void {
    outbox.mutate<Run>({
      op: { method: "POST", path: `/api/invitations/runs/${run.id}/stop`, body: {}, lane: LANE },
      apply: () => undefined,
      revert: () => undefined,
      done: (answer) => this.put(answer),
    });
  }

  /** Takes everything back that it did; while it runs, it is stopped first. */
  undo(run: Run): void {
    if (run.state !== "running") return this.#undo(run.id);
    this.#undoing.add(run.id);
    this.stop(run);
  }

  #undo(id: Id): void {
    outbox.mutate<Run>({
      op: { method: "POST", path: `/api/invitations/runs/${id}/undo`, body: {}, lane: LANE },
      apply: () => undefined,
      revert: () => void pile.reload(),
      done: (answer) => this.put(answer),
    });
  }

  async load(): Promise<void> {
    try {
      const { runs } = await api.get<{ runs: Run[] }>("/api/invitations/runs");
      this.list = runs;
      this.current = runs.find((run) => moving(run) && run.total > FEW) ?? this.current;
      this.fault = null;
      this.ready = true;
    } catch (error) {
      this.fault = error;
    }
  }

  clear(): void {
    this.current = null;
    this.list = [];
    this.ready = false;
    this.#undoing.clear();
  }
}

export const runs = new Runs();

live.on("run.progressed", ({ run }) => runs.put(run));
live.on("invitations.refreshed", () => {
  if (!runs.current || !moving(runs.current)) void pile.reload();
});
live.onReset(async () => {
  await Promise.all([pile.ready ? pile.reload() : null, runs.ready ? runs.load() : null]);
});
session.onLeft(() => runs.clear());
