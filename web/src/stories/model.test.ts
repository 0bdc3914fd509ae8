import { describe, expect, it } from "vitest";
import { triples } from "../ports/triples.ts";
import { unbroken } from "./frame.ts";
import {
  apply,
  arranged,
  beginning,
  changed,
  EMPTY,
  items,
  lastsMs,
  nextEnd,
  type Row,
  reread,
  saw,
} from "./model.ts";
import type { Frame, Story, StoryEvent, StoryRow, Teller } from "./told.ts";

const frame = (id: string, more: Partial<Frame> = {}): Frame => ({
  id,
  kind: "photo",
  media: null,
  text: "",
  look: "ink",
  caption: "",
  alt: "",
  crop: null,
  drawing: [],
  subtitles: [],
  stickers: [],
  liked: false,
  counts: null,
  ...more,
});
const story = (id: string, author: string, frames: number, more: Partial<Story> = {}): Story => ({
  id,
  author_id: author,
  kind: "moment",
  prompt: null,
  published_at: Number(id),
  expires_at: 10_000,
  state: "live",
  frames: Array.from({ length: frames }, (_, at) => frame(`${id}.${at}`)),
  seen: 0,
  may_reply: true,
  replies: null,
  audience: null,
  viewers: null,
  completed: null,
  refusals: [],
  ...more,
});
const teller = (id: string, frames: number, seen = 0): Teller =>
  ({
    card: { id, name: id },
    frames,
    seen,
    latest_at: 1,
    expires_at: 2,
    muted: false,
    placeholder: null,
  }) as unknown as Teller;
const names = (row: Row) => row.tellers.map((one) => one.card.id);
const row = (...tellers: Teller[]): Row => ({
  ...EMPTY,
  tellers,
  unseen: tellers.filter((one) => one.seen < one.frames).length,
});

describe("the row", () => {
  it("stands with the unseen first, and else as it was", () => {
    const given = [teller("a", 2, 2), teller("b", 1), teller("c", 1, 1), teller("d", 3, 1)];
    expect(arranged(given).map((one) => one.card.id)).toEqual(["b", "d", "a", "c"]);
    const order = [teller("b", 1), teller("a", 1, 1)];
    expect(arranged(order)).toBe(order);
  });

  it("brings somebody new to the front, and moves nobody under the hands", () => {
    const before = row(teller("a", 1), teller("b", 1, 1));
    const told = { type: "story.published", teller: teller("c", 1) } as const;
    expect(names(apply(before, told, "me"))).toEqual(["c", "a", "b"]);
    const held = apply(before, told, "me", true);
    expect(names(held)).toEqual(["a", "b", "c"]);
    expect(held.unseen).toBe(2);
    expect(names({ ...held, tellers: arranged(held.tellers) })).toEqual(["a", "c", "b"]);
  });

  it("keeps one's own apart", () => {
    const after = apply(row(), { type: "story.published", teller: teller("me", 1) }, "me");
    expect(after.own?.card.id).toBe("me");
    expect(after.tellers).toEqual([]);
    const gone = { type: "story.gone", author_id: "me", story_id: "1", teller: null } as const;
    expect(apply(after, gone, "me").own).toBeNull();
  });

  it("drops at once what is gone, also where it is open", () => {
    const told = { card: teller("a", 3).card, stories: [story("1", "a", 2), story("2", "a", 1)] };
    const before = { ...row(teller("a", 3), teller("b", 1)), opened: { a: told } };
    const less = apply(
      before,
      { type: "story.gone", author_id: "a", story_id: "1", teller: teller("a", 1) },
      "me",
    );
    expect(less.tellers[0]?.frames).toBe(1);
    expect(less.opened["a"]?.stories.map((one) => one.id)).toEqual(["2"]);
    const gone = { type: "story.gone", author_id: "a", story_id: "2", teller: null } as const;
    const none = apply(less, gone, "me");
    expect(names(none)).toEqual(["b"]);
    expect(none.opened).toEqual({});
    expect(none.unseen).toBe(1);
  });

  it("follows what was seen elsewhere", () => {
    const before = row(teller("a", 2), teller("b", 1));
    const seen = { type: "stories.seen", author_id: "a", seen: 2, unseen: -1 } as const;
    expect(names(apply(before, seen, "me"))).toEqual(["b", "a"]);
    expect(names(apply(before, seen, "me", true))).toEqual(["a", "b"]);
    expect(apply(before, seen, "me", true).unseen).toBe(1);
  });

  it("shows the muted last, and counts them no more", () => {
    const before = row(teller("a", 2), teller("b", 1), teller("c", 1, 1));
    const quiet = { type: "stories.muted", author_id: "a", muted: true } as const;
    const after = apply(before, quiet, "me");
    expect(names(after)).toEqual(["b", "c", "a"]);
    expect(after.unseen).toBe(1);
    expect(names(apply(after, { ...quiet, muted: false }, "me"))).toEqual(["b", "a", "c"]);
  });

  it("forgets who has ended when it is read again", () => {
    const before = row(
      { ...teller("a", 2), expires_at: 10 },
      { ...teller("b", 1), expires_at: 20 },
    );
    const told = (id: string) => ({ card: teller(id, 1).card, stories: [story("1", id, 1)] });
    const opened = { a: told("a"), b: told("b"), c: told("c") };
    expect(nextEnd(before)).toBe(10);
    const after = reread({ ...before, opened }, row(teller("b", 1)));
    expect(names(after)).toEqual(["b"]);
    expect(Object.keys(after.opened)).toEqual(["b", "c"]);
  });

  it("counts what is seen here once, and never backwards", () => {
    const told = { card: teller("a", 3).card, stories: [story("1", "a", 2), story("2", "a", 1)] };
    const before = { ...row(teller("a", 3)), opened: { a: told } };
    const once = saw(before, "a", "1", 2);
    expect(once.tellers[0]?.seen).toBe(2);
    expect(saw(once, "a", "1", 1)).toBe(once);
    const all = saw(once, "a", "2", 1);
    expect(all.tellers[0]?.seen).toBe(3);
    expect(all.unseen).toBe(0);
    expect(all.opened["a"]?.stories[0]?.seen).toBe(2);
  });
});

describe("what is played", () => {
  it("is all live stories, oldest first, from the first that was not seen", () => {
    const stories = [
      story("3", "a", 1),
      story("1", "a", 2, { seen: 2 }),
      story("2", "a", 2, { seen: 1 }),
      story("4", "a", 1, { state: "processing" }),
    ];
    const all = items({ card: teller("a", 5).card, stories });
    expect(all.map((one) => one.frame.id)).toEqual(["1.0", "1.1", "2.0", "2.1", "3.0"]);
    expect(beginning(all)).toBe(3);
    const seen = items({ card: teller("a", 2).card, stories: [story("1", "a", 2, { seen: 2 })] });
    expect(beginning(seen)).toBe(0);
  });

  it("lasts as long as it takes to look or read", () => {
    expect(lastsMs(frame("1"))).toBe(5_000);
    expect(lastsMs(frame("1", { kind: "text", text: "Short" }))).toBe(5_000);
    expect(lastsMs(frame("1", { kind: "text", text: "x".repeat(180) }))).toBe(11_000);
    const media = { duration: 12_300 } as Frame["media"];
    expect(lastsMs(frame("1", { kind: "video", media }))).toBe(12_300);
  });

  it("keeps a mark with the word before it, as French writes", () => {
    expect(unbroken("Le conseil : oui ! « Bien »")).toBe(
      "Le conseil\u202f: oui\u202f! «\u202fBien\u202f»",
    );
    expect(unbroken("fine :) at 9:30 ?x")).toBe("fine :) at 9:30 ?x");
  });

  it("changes one frame and leaves the others", () => {
    const told = { card: teller("a", 2).card, stories: [story("1", "a", 2)] };
    const before = { ...row(teller("a", 2)), opened: { a: told } };
    const after = changed(before, { author: "a", story: "1", frame: "1.1" }, (one) => ({
      ...one,
      liked: true,
    }));
    expect(after.opened["a"]?.stories[0]?.frames.map((one) => one.liked)).toEqual([false, true]);
    expect(changed(before, { author: "z", story: "1", frame: "1" }, (one) => one)).toBe(before);
  });
});

describe("old state + events = fresh state", () => {
  type Plain = Pick<StoryRow, "own" | "tellers" | "unseen" | "settings"> & { me: string };

  it.each(triples<Plain>("stories"))("%s", (_, { old: { me, ...old }, events, fresh }) => {
    const start: Row = { ...EMPTY, ...old };
    const { own, tellers, unseen, settings } = (events as StoryEvent[]).reduce(
      (before, event) => apply(before, event, me),
      start,
    );
    expect({ me, own, tellers, unseen, settings }).toEqual(fresh);
  });
});
