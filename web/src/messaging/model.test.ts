import { describe, expect, it } from "vitest";
import { triples } from "../ports/triples.ts";
import type { Filter, Message } from "../wire/types.ts";
import { added, belongs, precedes, weighed, weight } from "./model.ts";
import { apply, type Plain } from "./plain.ts";
import { message, row } from "./samples.ts";
import { joined, lengthOf } from "./texts.ts";

describe("old state + events = fresh state", () => {
  it.each(triples<Plain>("messaging"))("%s", (_, { old, events, fresh }) => {
    expect(events.reduce(apply, old)).toEqual(fresh);
  });

  it("puts the new row in the place of the old and adds the delta", () => {
    const old: Plain = {
      counts: { inbox: 1, unread: 0, all: 1 },
      rows: { "1": row() },
      desk: { labels: [], boxes: [], filters: [] },
      messages: { "1": [] },
    };
    const fresh = row({ last_seq: 4, unread: true });
    const state = apply(old, {
      type: "message.sent",
      message: message(4),
      row: fresh,
      delta: { unread: 1 },
      cards: [],
    });
    expect(state.counts).toEqual({ inbox: 1, unread: 1, all: 1 });
    expect(state.rows).toEqual({ "1": fresh });
    expect(state.messages["1"]?.map((one) => one.seq)).toEqual([4]);
    expect(old.rows["1"]?.unread).toBe(false);
  });
});

describe("views and counts", () => {
  it("counts unread only where it waits", () => {
    expect(weight(row({ unread: true }))).toEqual({ all: 1, inbox: 1, unread: 1 });
    expect(weight(row({ unread: true, view: "archived", draft: "x" }))).toEqual({
      all: 1,
      archived: 1,
      drafts: 1,
    });
    expect(belongs(row({ unread: true, view: "spam" }), "unread")).toBe(false);
    expect(belongs(row({ view: "spam" }), "all")).toBe(true);
    expect(weight(row({ view: "deleted", starred: true, unread: true }))).toEqual({});
  });

  it("counts a conversation once for each thing that it waits for", () => {
    const one = row({ unread: true, starred: true, awaiting: "me", labels: ["7", "8"] });
    expect(weight(one)).toEqual({
      all: 1,
      inbox: 1,
      unread: 1,
      starred: 1,
      awaiting_me: 1,
      "label.7": 1,
      "label.8": 1,
    });
    expect(weight({ ...one, box: "4", awaiting: null })).toMatchObject({
      "box.4": 1,
      "box.4.unread": 1,
      "label.7": 1,
    });
    expect(belongs({ ...one, box: "4" }, "inbox")).toBe(false);
    expect(belongs({ ...one, box: "4" }, "box:4")).toBe(true);
    expect(belongs(one, "label:8")).toBe(true);
    // Labels count what is in an inbox.
    expect(belongs({ ...one, view: "archived" }, "label:8")).toBe(false);
  });

  it("takes the counts of labels and mailboxes from the desk", () => {
    expect(
      weighed({
        labels: [{ id: "7", name: "Clients", color: 3, position: 0, count: 4 }],
        boxes: [{ id: "4", name: "Hiring", position: 0, count: 2, unread: 1 }],
        filters: [{ id: "9", name: "Later", filter: {} as Filter, position: 0, count: null }],
      }),
    ).toEqual({ "label.7": 4, "box.4": 2, "box.4.unread": 1 });
  });

  it("adds and takes away", () => {
    expect(added({ inbox: 2 }, { inbox: -1, archived: 1 })).toEqual({ inbox: 1, archived: 1 });
    expect(added({ inbox: 2 }, { inbox: 1 }, -1)).toEqual({ inbox: 1 });
  });

  it("orders by time, then by id as a number", () => {
    expect(precedes(row({ last_at: 2 }), row({ last_at: 1 }))).toBe(true);
    expect(precedes(row({ id: "10" }), row({ id: "9" }))).toBe(true);
  });
});

describe("threads", () => {
  it("joins stretches that overlap or follow, each message once", () => {
    const seqs = (messages: Message[]) => messages.map((one) => one.seq);
    expect(seqs(joined([message(1), message(2)], [message(3)]))).toEqual([1, 2, 3]);
    expect(seqs(joined([message(2), message(3)], [message(1), message(2)]))).toEqual([1, 2, 3]);
    expect(seqs(joined([], [message(5)]))).toEqual([5]);
  });

  it("counts characters as the server does", () => {
    expect(lengthOf("né")).toBe(2);
    expect(lengthOf("👋🏽")).toBe(2);
  });
});
