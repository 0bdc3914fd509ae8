import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Row } from "../wire/types.ts";
import { inbox } from "./mailbox.svelte.ts";
import { row } from "./samples.ts";

/** Answers a list of these rows, after what happens while it is on its way. */
function answering(rows: Row[], meanwhile: () => void): void {
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.includes("/ids")) return new Response(new ArrayBuffer(0));
    meanwhile();
    return Response.json({ rows, cards: [], next: null });
  });
}

beforeEach(() => inbox.clear());
afterEach(() => vi.unstubAllGlobals());

it("puts what came while a list was on its way into it, whatever else is asked for", async () => {
  answering([row({ id: "3" })], () => {
    inbox.put(row({ id: "5", last_at: 2_000 }));
    void inbox.everything("archived");
  });
  await inbox.load("inbox");
  expect(inbox.view("inbox").list.all()).toEqual(["5", "3"]);
});

it("lets a list that was asked for earlier lose to an event", async () => {
  answering([row({ id: "3", snippet: "Old" })], () =>
    inbox.put(row({ id: "3", last_seq: 4, snippet: "New" })),
  );
  await inbox.load("inbox");
  expect(inbox.cells.peek("3")?.snippet).toBe("New");
});

it("asks again after what is on its way, where that may be too old", async () => {
  let rows = [row({ id: "3" })];
  const again: Promise<void>[] = [];
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async () => {
    await null;
    const answer = Response.json({ rows, cards: [], next: null });
    // The log does not reach back: nobody will be told of the fifth.
    if (!again.length) again.push(inbox.load("inbox", true));
    rows = [row({ id: "5", last_at: 2_000 }), row({ id: "3" })];
    return answer;
  });
  await inbox.load("inbox");
  await Promise.all(again);
  expect(inbox.view("inbox").list.all()).toEqual(["5", "3"]);
});
