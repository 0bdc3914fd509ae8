import { beforeEach, describe, expect, it } from "vitest";
import type { Row } from "../wire/types.ts";
import { Cells } from "./cells.svelte.ts";
import { IdList } from "./idlist.ts";
import { linesOf } from "./layout.ts";
import { restore } from "./many.ts";
import { message, row } from "./samples.ts";
import { excerpt } from "./search.svelte.ts";
import { answered } from "./texts.ts";
import { formerOf, marked, restored } from "./triage/acts.ts";
import { ViewState } from "./view.svelte.ts";

describe("a list of ids", () => {
  it("keeps order through every change", () => {
    const list = new IdList(["5", "4", "3", "2", "1"]);
    list.insert(0, "18446744073709551615");
    expect(list.at(0)).toBe("18446744073709551615");
    expect(list.remove("4")).toBe(2);
    list.removeAll(new Set(["5", "1", "77"]));
    expect(list.all()).toEqual(["18446744073709551615", "3", "2"]);
    expect(list.indexOf("1")).toBe(-1);
    expect(list.at(3)).toBeUndefined();
  });
});

describe("rows with open writes", () => {
  let cells: Cells;
  beforeEach(() => {
    cells = new Cells(10);
  });

  it("keeps what was taken back before the server's word of its going came", () => {
    cells.put(row({}));
    cells.patch("delete", ["1"], (one) => marked(one, { mark: "delete" }));
    cells.answered("delete");
    cells.patch("undo", ["1"], (one) => ({ ...one, view: "inbox" }));
    expect(cells.removed("1")?.shown?.view).toBe("inbox");
    expect(cells.bias).toMatchObject({ inbox: 1, all: 1 });
    cells.answered("undo");
    cells.put(row({}));
    expect(cells.peek("1")).toEqual(row({}));
    expect(cells.bias["inbox"] ?? 0).toBe(0);
    // Without such a write it is gone.
    expect(cells.removed("1")).toBeNull();
  });

  it.each(["delete", "archived"] as const)(
    "keeps what came back while the log still says %s",
    (mark) => {
      cells.put(row({}));
      const act = { mark };
      cells.patch("act", ["1"], (one) => marked(one, act));
      cells.answered("act");
      cells.patch("undo", ["1"], (one) => restored(one, formerOf(row({}))));
      cells.answered("undo");
      expect(cells.peek("1")).toEqual(row({}));
      if (mark === "delete") expect(cells.removed("1")?.shown?.view).toBe("inbox");
      else cells.put(marked(row({}), act));
      expect(cells.peek("1")).toEqual(row({}));
      cells.put(row({}));
      expect(cells.peek("1")).toEqual(row({}));
      expect(Object.values(cells.bias).every((n) => n === 0)).toBe(true);
      // What another tab says is as it says.
      cells.put(marked(row({}), { mark: "archived" }));
      expect(cells.peek("1")?.view).toBe("archived");
    },
  );

  it("shows a write at once and counts it, until the server's own event says it", () => {
    cells.put(row({ unread: true }));
    cells.patch("op", ["1"], (one) => marked(one, { mark: "archived" }));
    expect(cells.peek("1")?.view).toBe("archived");
    expect(cells.bias).toMatchObject({ inbox: -1, unread: -1, archived: 1 });
    cells.answered("op");
    expect(cells.peek("1")?.view).toBe("archived");
    cells.put(row({ unread: true, view: "archived" }));
    expect(cells.peek("1")?.view).toBe("archived");
    expect(Object.values(cells.bias).every((n) => n === 0)).toBe(true);
  });

  it("keeps a write over news that came in between, and takes it back", () => {
    cells.put(row());
    cells.patch("op", ["1"], (one) => marked(one, { mark: "archived" }));
    cells.put(row({ snippet: "News" }));
    expect(cells.peek("1")).toMatchObject({ view: "archived", snippet: "News" });
    cells.unpatch("op");
    expect(cells.peek("1")).toMatchObject({ view: "inbox", snippet: "News" });
    expect(Object.values(cells.bias).every((n) => n === 0)).toBe(true);
  });

  it("takes what was answered as true when everything is read anew", () => {
    cells.put(row());
    cells.patch("done", ["1"], (one) => marked(one, { mark: "archived" }));
    cells.patch("open", ["1"], (one) => marked(one, { mark: "unread" }));
    cells.answered("done");
    cells.renew();
    expect(cells.truth("1")).toMatchObject({ view: "archived", unread: false });
    expect(cells.peek("1")).toMatchObject({ view: "archived", unread: true });
    expect(cells.has("1")).toBe(false);
    cells.put(row({ view: "archived" }));
    expect(cells.has("1")).toBe(true);
  });

  it("lets an answer that was asked for earlier lose to an event", () => {
    cells.put(row());
    const asked = cells.tick;
    cells.put(row({ snippet: "Newer" }));
    cells.put(row({ snippet: "Older" }), asked);
    expect(cells.peek("1")?.snippet).toBe("Newer");
  });

  it("forgets the least recently used, never one with an open write", () => {
    for (let id = 1; id <= 10; id++) cells.put(row({ id: String(id) }));
    cells.patch("op", ["1"], (one) => marked(one, { mark: "read" }));
    cells.get("2");
    for (let id = 11; id <= 14; id++) cells.put(row({ id: String(id) }));
    expect(cells.size).toBeLessThanOrEqual(10);
    expect(cells.has("1")).toBe(true);
    expect(cells.has("3")).toBe(false);
  });
});

describe("a view under the hands", () => {
  let cells: Cells;
  let inbox: ViewState;
  let unread: ViewState;
  const put = (one: Row, soft = true, mine = false) => {
    cells.put(one);
    for (const view of [inbox, unread]) view.place(one, soft, mine);
  };

  beforeEach(() => {
    cells = new Cells();
    inbox = new ViewState("inbox", cells);
    unread = new ViewState("unread", cells);
    for (let id = 1; id <= 4; id++)
      cells.put(row({ id: String(id), last_at: id * 10, unread: true }));
    inbox.setHead(["4", "3", "2", "1"], true);
    unread.setHead(["4", "3", "2", "1"], true);
  });

  it("moves what has news to the top", () => {
    put(row({ id: "2", last_at: 99, unread: true, last_seq: 9 }));
    expect(inbox.list.all()).toEqual(["2", "4", "3", "1"]);
  });

  it("lets news wait while the list is held", () => {
    inbox.enter();
    inbox.held = true;
    put(row({ id: "2", last_at: 99, unread: true }));
    put(row({ id: "7", last_at: 100, unread: true }));
    expect(inbox.list.all()).toEqual(["4", "3", "2", "1"]);
    expect(inbox.waiting).toEqual(["2", "7"]);
    inbox.release();
    expect(inbox.list.all()).toEqual(["7", "2", "4", "3", "1"]);
    expect(inbox.waiting).toEqual([]);
  });

  it("keeps what I read or answered in a filtered view until I leave it", () => {
    unread.enter();
    put(marked(row({ id: "3", last_at: 30, unread: true }), { mark: "read" }));
    expect(unread.list.all()).toEqual(["4", "3", "2", "1"]);
    put(answered(row({ id: "2", last_at: 20 }), "Yes", 99, "5"), true, true);
    expect(unread.list.all()).toEqual(["4", "3", "2", "1"]);
    unread.leave();
    expect(unread.list.all()).toEqual(["4", "1"]);
  });

  it("keeps the place of what I answer, in the inbox too", () => {
    inbox.enter();
    inbox.held = true;
    const mine = answered(row({ id: "1", last_at: 10 }), "Yes", 99, "5");
    put(mine, true, true);
    put({ ...mine, draft: "and" });
    expect(inbox.list.all()).toEqual(["4", "3", "2", "1"]);
    expect(inbox.waiting).toEqual([]);
    put({ ...mine, last_at: 120, sort_at: 120 });
    expect(inbox.waiting).toEqual(["1"]);
    inbox.leave();
    expect(inbox.list.all()).toEqual(["1", "4", "3", "2"]);
  });

  it("takes out what was moved away at once, and puts it back where it was", () => {
    inbox.enter();
    put(marked(row({ id: "3", last_at: 30 }), { mark: "archived" }), false, true);
    expect(inbox.list.all()).toEqual(["4", "2", "1"]);
    put(row({ id: "3", last_at: 30 }), false, true);
    expect(inbox.list.all()).toEqual(["4", "3", "2", "1"]);
  });

  it("restores many in their old order, with what came since on top", () => {
    const former = inbox.list.bytes();
    inbox.takeAll(new Set(["4", "2"]));
    inbox.list.insert(0, "9");
    restore(inbox, former, new Set(["4", "2"]));
    expect(inbox.list.all()).toEqual(["9", "4", "3", "2", "1"]);
  });

  it("finds the top for news of a row whose neighbours are not loaded", () => {
    inbox.setAll(BigUint64Array.from([4n, 3n, 2n, 1n, 50n, 51n, 52n]));
    put(row({ id: "51", last_at: 500 }));
    expect(inbox.list.at(0)).toBe("51");
    expect(inbox.list.length).toBe(7);
  });
});

describe("a thread as lines", () => {
  const base = new Date(2026, 4, 4, 10).getTime();
  const at = (minutes: number) => base + minutes * 60_000;
  const said = (seq: number, author_id: string | null, minutes: number) =>
    message(seq, { author_id, at: at(minutes) });

  it("groups by author and five minutes, separates days, marks the first unread", () => {
    const lines = linesOf(
      [said(1, "9", 0), said(2, "9", 3), said(3, "9", 20), said(4, "5", 21), said(5, "9", 60 * 24)],
      [],
      "5",
      3,
    );
    expect(
      lines.map((line) =>
        line.kind === "message"
          ? `${line.message.seq}${line.first ? "[" : ""}${line.last ? "]" : ""}`
          : line.kind,
      ),
    ).toEqual(["day", "1[", "2]", "3[]", "4[]", "day", "new", "5[]"]);
  });

  it("puts what is being sent at the end, in my group", () => {
    const pending = [{ client_id: "c", text: "y", at: at(1), refusal: null }];
    const lines = linesOf([said(1, "5", 0)], pending, "5", null);
    expect(lines.map((line) => line.kind)).toEqual(["day", "message", "pending"]);
    expect(lines[1]).toMatchObject({ mine: true, first: true, last: false });
    expect(lines[2]).toMatchObject({ first: false, last: true });
  });
});

describe("text", () => {
  it("shows a hit in its context", () => {
    const text = `${"a ".repeat(60)}needle in the hay ${"b ".repeat(200)}`;
    const from = text.indexOf("needle");
    const parts = excerpt(text, [[from, from + 6]]);
    expect(parts[0]).toEqual({ text: "…", hit: false });
    expect(parts.find((part) => part.hit)?.text).toBe("needle");
    expect(parts.map((part) => part.text).join("").length).toBeLessThan(230);
  });
});
