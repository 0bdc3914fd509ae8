import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outbox } from "../ports/outbox.ts";
import type { LogEvent, Marked } from "../wire/types.ts";
import { mark } from "./actions.ts";
import { inbox } from "./mailbox.svelte.ts";
import { message, row } from "./samples.ts";
import { type Act, formerOf, marked, restored } from "./triage/acts.ts";

/** A server that answers when the test says so. */
const asked: { path: string; body: Record<string, unknown>; answer: (said: Marked) => void }[] = [];
let frames: (() => void)[] = [];

const PATIENCE = { timeout: 20_000 };
const LEFT: Marked = { changed: 0, undo: null, bulk: null, newer: ["1"] };
const NEWS: LogEvent = {
  type: "message.sent",
  message: message(4),
  row: row({ last_seq: 4, last_at: 2_000, unread: true, snippet: "Wait" }),
  delta: { unread: 1 },
  cards: [],
};

async function painted(): Promise<void> {
  for (const frame of frames.splice(0)) frame();
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Answers what was asked last, and lets the page hear it. */
async function answered(said: Marked): Promise<void> {
  await vi.waitFor(async () => {
    await painted();
    expect(asked.length).toBeGreaterThan(0);
  }, PATIENCE);
  asked.pop()?.answer(said);
  await vi.waitFor(() => expect([...outbox.pending()]).toEqual([]), PATIENCE);
}

const listed = () => inbox.view("inbox").list.all();
const shown = () => inbox.cells.peek("1");

beforeEach(async () => {
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("fetch", (path: string, options: { body: string }) => {
    return new Promise((resolve) => {
      const answer = (said: Marked) => resolve(new Response(JSON.stringify(said)));
      asked.push({ path, body: JSON.parse(options.body), answer });
    });
  });
  await outbox.start("1");
  inbox.clear();
  inbox.me = "1";
  for (const one of [row(), row({ id: "2", last_at: 500 })]) inbox.cells.put(one);
  inbox.view("inbox").setHead(["1", "2"], true);
});

afterEach(() => {
  asked.length = 0;
  frames = [];
  inbox.clear();
  vi.unstubAllGlobals();
});

describe("a mark and a message that cross", { timeout: 60_000 }, () => {
  it("says what was seen", async () => {
    mark(["1", "2"], { mark: "archived" });
    await vi.waitFor(async () => {
      await painted();
      expect(asked[0]?.body).toMatchObject({ seen: { "1": 3, "2": 3 }, seen_at: 1_000 });
    }, PATIENCE);
    await answered({ changed: 2, undo: "7", bulk: null, newer: [] });
  });

  it.each(["archived", "delete", "spam"] as const)("shows what came again: %s", async (how) => {
    const undo = mark(["1"], { mark: how });
    expect(listed()).toEqual(["2"]);
    inbox.apply(NEWS);
    expect(listed()).toEqual(["1", "2"]);
    expect(shown()).toMatchObject({ view: "inbox", unread: true, last_seq: 4 });
    await answered(LEFT);
    expect(shown()).toEqual(NEWS.row);
    expect(inbox.counts).toMatchObject({ unread: 1, inbox: 0, all: 0 });
    // There is nothing to take back, and nobody is asked to.
    undo();
    await painted();
    expect(asked).toEqual([]);
    expect(shown()).toEqual(NEWS.row);
    expect(listed()).toEqual(["1", "2"]);
  });

  it("shows it again also where the answer is there before the message", async () => {
    mark(["1"], { mark: "archived" });
    await answered(LEFT);
    expect(listed()).toEqual(["1", "2"]);
    expect(shown()?.view).toBe("inbox");
    inbox.apply(NEWS);
    expect(shown()).toEqual(NEWS.row);
  });

  it("takes back what was done to the others alone", async () => {
    const undo = mark(["1", "2"], { mark: "archived" });
    inbox.apply(NEWS);
    await answered({ changed: 1, undo: "7", bulk: null, newer: ["1"] });
    inbox.apply({
      type: "conversation.changed",
      row: row({ id: "2", last_at: 500, view: "archived" }),
      delta: { inbox: -1, archived: 1 },
      cards: [],
    });
    expect(listed()).toEqual(["1"]);
    undo();
    expect(listed()).toEqual(["1", "2"]);
    expect(shown()).toEqual(NEWS.row);
    expect(inbox.cells.peek("2")?.view).toBe("inbox");
    await answered({ changed: 1, undo: null, bulk: null, newer: [] });
    expect(shown()).toEqual(NEWS.row);
  });

  it("asks for nothing where it was taken back before the answer that nothing was done", async () => {
    const undo = mark(["1"], { mark: "archived" });
    await vi.waitFor(async () => {
      await painted();
      expect(asked.length).toBe(1);
    }, PATIENCE);
    undo();
    inbox.apply(NEWS);
    await answered(LEFT);
    await painted();
    expect(asked).toEqual([]);
    expect(shown()).toEqual(NEWS.row);
    expect(listed()).toEqual(["1", "2"]);
  });

  it("is read as far as it was seen", async () => {
    inbox.apply({ ...NEWS, row: row({ read_seq: 2, unread: true }) });
    mark(["1"], { mark: "read" });
    expect(shown()).toMatchObject({ unread: false, read_seq: 3 });
    const row4 = { ...NEWS.row, read_seq: 2 };
    inbox.apply({ ...NEWS, row: row4 });
    expect(shown()).toMatchObject({ unread: true, read_seq: 3 });
    await answered({ changed: 1, undo: "7", bulk: null, newer: ["1"] });
    expect(shown()).toEqual(row4);
  });
});

describe("what a mark does where there are news", () => {
  const seen = { seqs: { "1": 3 }, at: 1_000, me: "1" };
  const news = row({ last_seq: 4, unread: true });

  it.each<Act>([{ mark: "star" }, { mark: "mute" }, { mark: "label", label: "7" }])(
    "is done where it hides nothing: $mark",
    (act) => expect(marked(news, act, seen)).toEqual(marked(news, act)),
  );

  it("is done where the last word is mine, and where nothing is known to be new", () => {
    const mine = row({ last_seq: 4, last_author_id: "1" });
    expect(marked(mine, { mark: "archived" }, seen).view).toBe("archived");
    expect(marked(row(), { mark: "archived" }, seen).view).toBe("archived");
  });

  it("goes by the time where no number is known", () => {
    const other = { ...news, id: "5" };
    expect(marked(other, { mark: "archived" }, seen).view).toBe("archived");
    expect(marked({ ...other, last_at: 1_001 }, { mark: "archived" }, seen).view).toBe("inbox");
    expect(marked(other, { mark: "archived" }, { ...seen, at: null }).view).toBe("archived");
  });

  it("is taken back and leaves the news new", () => {
    const before = formerOf(row({ starred: true, view: "archived" }));
    expect(restored(news, before)).toEqual({ ...news, starred: true });
    expect(restored(row(), before)).toEqual(row({ starred: true, view: "archived" }));
  });
});
