import { describe, expect, it } from "vitest";
import { bars, boxOf, sizeOf, span } from "./shape.ts";
import { pixelsOf } from "./thumbhash.ts";
import { metadata } from "./tus.ts";

describe("the room for a picture", () => {
  it("keeps its shape and is no wider than a bubble", () => {
    const one = { kind: "picture" as const, width: 4_000, height: 3_000 };
    expect(boxOf(one)).toEqual({ width: 320, height: 240 });
    expect(boxOf({ ...one, width: 3_000, height: 4_000 })).toEqual({ width: 270, height: 360 });
    expect(boxOf({ ...one, width: 200, height: 100 })).toEqual({ width: 200, height: 100 });
  });
  it("is there before its size is known", () => {
    expect(boxOf({ kind: "picture", width: null, height: null })).toEqual({
      width: 240,
      height: 180,
    });
  });
});

describe("words for figures", () => {
  it("says how long and how large", () => {
    expect(span(12_400)).toBe("0:12");
    expect(span(61_000)).toBe("1:01");
    expect(sizeOf(340_000, "en")).toBe("340 kB");
    expect(sizeOf(2_400_000, "en")).toBe("2.4 MB");
  });
  it("draws as many bars as there is room for", () => {
    expect(bars([1, 9, 3, 4], 2)).toEqual([9, 4]);
    expect(bars([5], 3)).toEqual([5, 5, 5]);
    expect(bars([], 2)).toEqual([0, 0]);
  });
});

describe("a ThumbHash", () => {
  it("becomes a blur of the right shape", () => {
    // A wide sunset, from the reference.
    const pixels = pixelsOf("1QcSHQRnh493V4dIh4eXh1h4kJUI");
    expect(pixels).not.toBeNull();
    expect([pixels?.width, pixels?.height]).toEqual([23, 32]);
    expect(pixels?.rgba.length).toBe(23 * 32 * 4);
  });
  it("is nothing where it is none", () => {
    expect(pixelsOf("no hash!")).toBeNull();
    expect(pixelsOf("AAA=")).toBeNull();
  });
});

describe("what is said of an upload", () => {
  it("carries any name", () => {
    expect(metadata({ filename: "Été.png", voice: "" })).toBe("filename w4l0w6kucG5n");
  });
});
