import { describe, expect, it } from "vitest";
import { triples } from "../ports/triples.ts";
import type { Notice } from "../wire/types.ts";
import { apply, type Held, marked } from "./model.ts";
import { placeOf } from "./places.ts";

const notice = (more: Partial<Notice> = {}): Notice => ({
  id: "1",
  kind: "reaction",
  people: ["7"],
  count: 1,
  thing: { kind: "message", id: "5", seq: 3, of: null },
  detail: { text: "", emoji: "👍", what: "" },
  at: 1,
  seen: false,
  read: false,
  ...more,
});

describe("old state + events = fresh state", () => {
  it.each(triples<Held>("notifications"))("%s", (_, { old, events, fresh }) => {
    expect(events.reduce(apply, old)).toEqual(fresh);
  });
});

it("marks some, or all", () => {
  const two = [notice(), notice({ id: "2" })];
  expect(marked(two, ["2"], true).map((one) => one.read)).toEqual([false, true]);
  expect(marked(two, null, true).every((one) => one.read && one.seen)).toBe(true);
  expect(marked([notice({ read: true, seen: true })], ["1"], false)[0]).toMatchObject({
    read: false,
    seen: true,
  });
});

it("leads to the thing itself", () => {
  const nobody = () => null;
  expect(placeOf(notice(), nobody)).toBe("/messages/5?seq=3");
  const conversation = notice({ thing: { kind: "conversation", id: "5", seq: null, of: null } });
  expect(placeOf(conversation, nobody)).toBe("/messages/5");
  const video = notice({
    kind: "video_reply",
    thing: { kind: "video", id: "5", seq: null, of: "7" },
  });
  expect(placeOf(video, nobody)).toBe("/videos/7/5");
  const story = notice({ thing: { kind: "story", id: "5", seq: null, of: "7" } });
  expect(placeOf(story, nobody)).toBe("/stories/7");
  expect(placeOf(notice({ kind: "security" }), nobody)).toBe("/settings#sessions");
  expect(placeOf(notice({ kind: "import" }), nobody)).toBe("/import");
  const accepted = notice({ kind: "accepted", thing: null });
  expect(placeOf(accepted, () => "/in/bruno")).toBe("/in/bruno");
  expect(placeOf(accepted, nobody)).toBe("/network");
});
