import { describe, expect, it } from "vitest";
import { begun, cut, faultOf, finished, type Line, moved, stamp, textAt, time } from "./cues.ts";

const line = (key: string, from: number, to: number, text = key): Line => ({ key, from, to, text });

describe("times", () => {
  it("are written as short as they are exact, and read back", () => {
    for (const [ms, text] of [
      [0, "0:00.0"],
      [1_250, "0:01.25"],
      [62_500, "1:02.5"],
      [3_661_007, "1:01:01.007"],
    ] as const) {
      expect(stamp(ms)).toBe(text);
      expect(time(text)).toBe(ms);
    }
  });
  it("are read as people type them", () => {
    expect(time("62,5")).toBe(62_500);
    expect(time(" 90 ")).toBe(90_000);
    expect(time("1:2")).toBe(62_000);
    for (const text of ["", "1:75", "a", "-1", "1:2:3:4"]) expect(time(text)).toBeNull();
  });
});

describe("lines", () => {
  it("stand on the picture from their beginning until just before their end", () => {
    const cues = [line("a", 0, 1_000), line("b", 500, 2_000)];
    expect([0, 600, 1_000, 2_000].map((at) => textAt(cues, at))).toEqual(["a", "a\nb", "b", ""]);
  });
  it("begin where the player is and end before the next", () => {
    const lines = begun([line("b", 2_000, 4_000)], 500, 10_000, "a");
    expect(lines.map(({ key, from, to }) => [key, from, to])).toEqual([
      ["a", 500, 2_000],
      ["b", 2_000, 4_000],
    ]);
  });
  it("never begin beyond the end", () => {
    const [only] = begun([], 10_000, 10_000, "a");
    expect(only).toMatchObject({ from: 9_800, to: 10_000 });
  });
  it("are cut by one key: this one ends, the next begins", () => {
    const lines = cut([line("a", 0, 3_000)], "a", 1_200, 10_000, "b");
    expect(lines.map(({ key, from, to }) => [key, from, to])).toEqual([
      ["a", 0, 1_200],
      ["b", 1_200, 4_200],
    ]);
  });
  it("are not cut shorter than anybody could read", () => {
    const lines = cut([line("a", 1_000, 3_000)], "a", 1_100, 10_000, "b");
    expect(lines.map(({ key, from, to }) => [key, from, to])).toEqual([
      ["a", 1_000, 3_000],
      ["b", 3_000, 6_000],
    ]);
  });
  it("come in order when a time is moved, and say what is wrong with it", () => {
    const lines = moved([line("a", 0, 1_000), line("b", 2_000, 3_000)], "a", { from: 4_000 });
    expect(lines.map(({ key }) => key)).toEqual(["b", "a"]);
    expect(lines.map((one) => faultOf(one, 10_000))).toEqual([null, "backwards"]);
    expect(faultOf(line("c", 11_000, 12_000), 10_000)).toBe("beyond");
    expect(faultOf(line("c", 11_000, 12_000), 0)).toBeNull();
  });
  it("are sent without keys and without those that say nothing", () => {
    expect(
      finished([line("b", 5, 9, " Two "), line("a", 0, 4, "One"), line("c", 9, 12, " ")]),
    ).toEqual([
      { from: 0, to: 4, text: "One" },
      { from: 5, to: 9, text: "Two" },
    ]);
  });
});
