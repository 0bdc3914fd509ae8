import { describe, expect, it } from "vitest";
import { contentHeight, MAX_HEIGHT, reveal, slotted, visible } from "./list.ts";

const ROW = 64;
const VIEW = 640;

describe("visible", () => {
  it("draws what is seen and a few more", () => {
    expect(visible(0, VIEW, 100_000, ROW)).toEqual({ first: 0, end: 16, offset: 0 });
    expect(visible(6400, VIEW, 100_000, ROW)).toEqual({ first: 94, end: 116, offset: 94 * ROW });
  });

  it("ends at the end", () => {
    const top = 100_000 * ROW - VIEW;
    const window = visible(top, VIEW, 100_000, ROW);
    expect(window.end).toBe(100_000);
    expect(window.first).toBe(100_000 - 10 - 6);
    expect(visible(9e9, VIEW, 100_000, ROW).end).toBe(100_000);
  });

  it("draws nothing of nothing, and all of a few", () => {
    expect(visible(0, VIEW, 0, ROW)).toEqual({ first: 0, end: 0, offset: 0 });
    expect(visible(0, VIEW, 3, ROW)).toEqual({ first: 0, end: 3, offset: 0 });
  });

  it("reaches every row of a list that is higher than a browser can scroll", () => {
    const count = 1_000_000;
    expect(contentHeight(count, ROW)).toBe(MAX_HEIGHT);
    const last = visible(MAX_HEIGHT - VIEW, VIEW, count, ROW);
    expect(last.end).toBe(count);
    // The last row's foot stands at the foot of the window.
    expect(last.offset + (last.end - last.first) * ROW).toBeCloseTo(MAX_HEIGHT);
    const middle = visible((MAX_HEIGHT - VIEW) / 2, VIEW, count, ROW);
    expect(middle.first).toBeGreaterThan(499_900);
    expect(middle.first).toBeLessThan(500_100);
  });
});

describe("reveal", () => {
  it("does not move for what is seen", () => {
    expect(reveal(3, 0, VIEW, 100, ROW)).toBeNull();
    expect(reveal(9, 0, VIEW, 100, ROW)).toBeNull();
  });

  it("moves as little as can be", () => {
    expect(reveal(10, 0, VIEW, 100, ROW)).toBe(ROW);
    expect(reveal(2, 6 * ROW, VIEW, 100, ROW)).toBe(2 * ROW);
    expect(reveal(99, 0, VIEW, 100, ROW)).toBe(100 * ROW - VIEW);
  });

  it("agrees with what is drawn, scaled or not", () => {
    for (const count of [100_000, 1_000_000])
      for (const index of [0, 1, 777, count / 2, count - 1]) {
        const top = reveal(index, MAX_HEIGHT / 3, VIEW, count, ROW) ?? MAX_HEIGHT / 3;
        const { first, end } = visible(top, VIEW, count, ROW, 0);
        expect(index).toBeGreaterThanOrEqual(first);
        expect(index).toBeLessThan(end);
      }
  });
});

describe("slotted", () => {
  it("lets a row keep its element, and one that comes take that of one that went", () => {
    const held = new Map<string, number>();
    expect(slotted(["a", "b", "c"], held)).toEqual([0, 1, 2]);
    expect(slotted(["b", "c", "d"], held)).toEqual([1, 2, 0]);
    expect(slotted(["x", "d", "y"], held)).toEqual([1, 0, 2]);
  });

  it("takes what is free of a list that grows and shrinks", () => {
    const held = new Map<string, number>();
    slotted(["a", "b", "c", "d"], held);
    expect(slotted(["d"], held)).toEqual([3]);
    expect(slotted(["d", "e", "f"], held)).toEqual([3, 0, 1]);
    expect(slotted([], held)).toEqual([]);
    expect(slotted(["g"], held)).toEqual([0]);
  });

  it("gives every row one of its own, also where a key comes twice", () => {
    const held = new Map<string, number>();
    expect(slotted(["a", "a", "b"], held)).toEqual([0, 1, 2]);
    expect(new Set(slotted(["b", "a", "a"], held)).size).toBe(3);
  });
});
