import { describe, expect, it } from "vitest";
import { addressOf, compare, groupsOf, merge, placeOf } from "./places.ts";
import type { About } from "./words.ts";

const about = (more: Partial<About> = {}): About => ({
  source: "member",
  wrote: "nothing",
  alike: 0,
  by: null,
  mutuals: 0,
  same: [],
  marks: [],
  closeness: 0,
  state: "waiting",
  replied_at: null,
  held: null,
  ...more,
});

describe("addresses", () => {
  it("name a box, a group, or a part", () => {
    expect(placeOf(undefined, undefined)).toEqual({ part: "pile", box: "received", group: "all" });
    expect(placeOf("personal", undefined)).toEqual({
      part: "pile",
      box: "received",
      group: "personal",
    });
    expect(placeOf("archive", "school")).toEqual({ part: "pile", box: "archive", group: "school" });
    expect(placeOf("rules", undefined)).toEqual({ part: "rules" });
    expect(placeOf("no-such", "x")).toEqual({ part: "pile", box: "received", group: "all" });
  });

  it("lead back to where they came from", () => {
    for (const [box, group] of [
      ["received", "all"],
      ["received", "template"],
      ["archive", "all"],
      ["archive", "no_note"],
    ] as const) {
      const [, , , first, second] = addressOf(box, group).split("/");
      expect(placeOf(first, second)).toEqual({ part: "pile", box, group });
    }
  });
});

describe("groups", () => {
  it("count one in each that it belongs to", () => {
    expect(groupsOf(about())).toEqual(["all", "no_note"]);
    expect(
      groupsOf(about({ wrote: "template", mutuals: 5, same: ["school"], marks: ["mass_inviter"] })),
    ).toEqual(["all", "template", "mutuals", "school", "mass_inviter"]);
    expect(groupsOf(about({ wrote: "personal", mutuals: 4 }))).toEqual(["all", "personal"]);
    expect(groupsOf(null)).toEqual(["all"]);
  });
});

describe("order", () => {
  const one = (id: string, at: number, closeness = 0) => ({ id, at, about: about({ closeness }) });
  const [a, b, c] = [one("9", 1, 40), one("10", 2), one("11", 2, 10)];

  it("goes by date, by age, by closeness", () => {
    const by = (sort: "date" | "oldest" | "closeness") =>
      [a, b, c].sort((x, y) => compare(x, y, sort)).map(({ id }) => id);
    expect(by("date")).toEqual(["11", "10", "9"]);
    expect(by("oldest")).toEqual(["9", "10", "11"]);
    expect(by("closeness")).toEqual(["9", "11", "10"]);
  });

  it("is kept when some come back, once each", () => {
    expect(merge([c, a], [b, a], "date").map(({ id }) => id)).toEqual(["11", "10", "9"]);
    expect(merge([], [a, b], "oldest").map(({ id }) => id)).toEqual(["9", "10"]);
  });
});
