/** What is being done to many at once: its progress, stop and undo. */
import { api } from "../../ports/api.ts";
import { later, live } from "../../ports/live.ts";
import { outbox } from "../../ports/outbox.ts";
import { session } from "../../ports/session.svelte.ts";
import { pile } from "./pile.svelte.ts";
import type { Run } from "./words.ts";

/** Every write about invitations, in the order in which it was made. */
export const LANE = "invitations";
const FEW = 50;

/** A run only goes on: an answer may come after the news of what followed. */
const STAGES: Run["state"][] = ["running", "stopped", "done", "undoing", "undone"];
const older = (a: Run, b: Run): boolean =>
  a.state === b.state
    ? (a.state === "undoing" ? b.done - a.done : a.done - b.done) < 0
    : STAGES.indexOf(a.state) < STAGES.indexOf(b.state);

const moving = (run: Run): boolean => run.state === "running" || run.state === "undoing";

class Runs {
  /** The one that is shown above the list. */
  current = $state.raw<Run | null>(null);
  /** Newest first. */
  list = $state.raw<Run[]>([]);
  ready = $state.raw(false);
  fault = $state.raw<unknown>(null);

  put(run: Run): void {
    const before = this.list.find((one) => one.id === run.id);
    if (before && older(run, before)) return;
    this.list = before
      ? this.list.map((one) => (one.id === run.id ? run : one))
      : [run, ...this.list];
    if (this.current?.id === run.id || (run.total > FEW && run.kind !== "arrival"))
      this.current = run;
    // What is many is read anew; what is few was shown as it was done.
    const finished = !moving(run) && (!before || moving(before) || before.state !== run.state);
    if (finished && (run.total > FEW || run.kind !== "bulk")) void pile.reload();
  }

  /** Shows how far it is, however few they are. */
  follow(run: Run): void {
    this.put(run);
    this.current = this.list.find((one) => one.id === run.id) ?? run;
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

  /** Takes everything back that it did, also while it runs. */
  undo(run: Run): void {
    outbox.mutate<Run>({
      op: { method: "POST", path: `/api/invitations/runs/${run.id}/undo`, body: {}, lane: LANE },
      apply: () => undefined,
      revert: () => void pile.reload(),
      done: (answer) => this.put(answer),
    });
  }

  async load(): Promise<void> {
    try {
      const { runs } = await api.get<{ runs: Run[] }>("/api/invitations/runs");
      // The answer may be older than what was heard since it was asked for.
      const known = new Map(this.list.map((one) => [one.id, one]));
      for (const run of runs) {
        const heard = known.get(run.id);
        if (!heard || !older(run, heard)) known.set(run.id, run);
      }
      this.list = [...known.values()].toSorted((a, b) => (later(a.id, b.id) ? -1 : 1));
      const shown = this.current && known.get(this.current.id);
      this.current = this.list.find((run) => moving(run) && run.total > FEW) ?? shown ?? null;
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
