import { describe, expect, it } from "vitest";
import { row } from "../samples.ts";
import { type Act, formerOf, leaves, marked, moves } from "./acts.ts";
import { isEmpty, matches, tidied } from "./filters.ts";
import { found } from "./found.ts";

const ACTS: Act[] = [
  { mark: "read" },
  { mark: "unread" },
  { mark: "archived" },
  { mark: "inbox" },
  { mark: "spam" },
  { mark: "star" },
  { mark: "unstar" },
  { mark: "snooze", until: 9_000 },
  { mark: "unsnooze" },
  { mark: "mute" },
  { mark: "unmute" },
  { mark: "mentions" },
  { mark: "label", label: "7" },
  { mark: "unlabel", label: "7" },
  { mark: "box", box: "4" },
  { mark: "delete" },
  { mark: "remind", until: 9_000 },
  { mark: "unremind" },
];

describe("what is done to a conversation", () => {
  it.each(ACTS.map((act) => [act.mark, act] as const))("can be taken back: %s", (_, act) => {
    for (const old of [
      row(),
      row({ unread: true, read_seq: 1, awaiting: "me", labels: ["7"], starred: true }),
      row({ view: "snoozed", snoozed_until: 5, awaiting: "them", last_author_id: "1" }),
      row({ view: "archived", box: "4", notify: "none", remind_at: 3 }),
    ])
      expect({ ...marked(old, act), ...formerOf(old) }).toEqual(old);
  });

  it("says where it goes, and that doing it twice is doing it once", () => {
    expect(marked(row(), { mark: "snooze", until: 9 })).toMatchObject({
      view: "snoozed",
      snoozed_until: 9,
    });
    expect(marked(row({ view: "snoozed", snoozed_until: 9 }), { mark: "archived" })).toMatchObject({
      view: "archived",
      snoozed_until: null,
    });
    const labelled = marked(row(), { mark: "label", label: "7" });
    expect(marked(labelled, { mark: "label", label: "7" }).labels).toEqual(["7"]);
    expect(moves({ mark: "star" })).toBe(false);
    expect(moves({ mark: "box", box: null })).toBe(true);
  });

  it("knows whose answer is awaited where it goes", () => {
    const asked = row({ awaiting: "me" });
    expect(marked(asked, { mark: "archived" }).awaiting).toBeNull();
    expect(marked(marked(asked, { mark: "archived" }), { mark: "inbox" }).awaiting).toBe("me");
    const waiting = row({ awaiting: "them", last_author_id: "1" });
    expect(marked(waiting, { mark: "archived" }).awaiting).toBe("them");
    expect(marked(waiting, { mark: "spam" }).awaiting).toBeNull();
  });

  it("leaves the lists that it no longer belongs to", () => {
    const archived: Act = { mark: "archived" };
    expect(
      ["inbox", "unread", "awaiting_me", "label:7", "box:4"].every((v) =>
        leaves(v as "inbox", archived),
      ),
    ).toBe(true);
    expect(
      ["archived", "all", "starred", "awaiting_them"].some((v) => leaves(v as "inbox", archived)),
    ).toBe(false);
    expect(leaves("all", { mark: "delete" })).toBe(true);
  });
});

describe("saved filters", () => {
  it("decides by the row what the row says", () => {
    const one = row({ unread: true, labels: ["7"], awaiting: "me" });
    expect(matches(one, tidied({ unread: true, labels: ["7"], view: "inbox" } as never))).toBe(
      true,
    );
    expect(matches(one, tidied({ labels: ["7", "8"] } as never))).toBe(false);
    expect(matches(one, tidied({ box: "0" } as never))).toBe(true);
    expect(matches(one, tidied({ box: "4" } as never))).toBe(false);
    expect(matches(row({ view: "deleted" }), tidied({} as never))).toBe(false);
  });

  it("does not pretend to know what only the server does", () => {
    expect(
      matches(row({ unread: true }), tidied({ unread: true, text: "offer" } as never)),
    ).toBeNull();
    expect(matches(row(), tidied({ unread: true, text: "offer" } as never))).toBe(false);
  });

  it("is empty when nothing is asked", () => {
    expect(isEmpty({ text: "", labels: [], unread: null } as never)).toBe(true);
    expect(isEmpty({ unread: false } as never)).toBe(false);
  });
});

describe("a line that is meant", () => {
  const lines = ["Clients", "Hiring", "Équipe", "Big clients", "New"].map((text) => ({
    text,
    always: text === "New",
  }));
  const texts = (typed: string) => found(lines, typed).map((line) => line.text);

  it("is found by its beginning first, whatever its accents", () => {
    expect(texts("cli")).toEqual(["Clients", "Big clients", "New"]);
    expect(texts("equ")).toEqual(["Équipe", "New"]);
    expect(texts("")).toHaveLength(5);
  });
});
