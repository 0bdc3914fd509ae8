import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runs } from "./runs.svelte.ts";
import type { Run } from "./words.ts";

const run = (id: string, state: Run["state"], done: number): Run =>
  ({ id, state, done, total: 56, kind: "rules", undoable: true }) as Run;
const answers = (...list: Run[]): void => {
  vi.stubGlobal("fetch", async () => Response.json({ runs: list }));
};

beforeEach(() => runs.clear());
afterEach(() => vi.unstubAllGlobals());

it("shows the end of what moves, though the log skipped it", async () => {
  runs.put(run("7", "undoing", 56));
  answers(run("7", "undone", 0));
  await runs.load();
  expect([runs.list, runs.current]).toEqual([[run("7", "undone", 0)], run("7", "undone", 0)]);
});

it("keeps what it heard since a list was asked for", async () => {
  runs.put(run("7", "done", 56));
  runs.put(run("10", "running", 3));
  answers(run("7", "running", 0), run("6", "done", 56));
  await runs.load();
  expect(runs.list.map(({ id, state }) => [id, state])).toEqual([
    ["10", "running"],
    ["7", "done"],
    ["6", "done"],
  ]);
});
