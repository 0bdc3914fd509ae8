import { expect, test } from "vitest";
import { boxOf, held, MIDDLE, mostZoom, moved, reach, sentAs } from "./crop.ts";

const WIDE = { width: 1600, height: 800 };

test("at first the part is as large as fits, from the middle", () => {
  expect(boxOf(WIDE, 1, MIDDLE)).toEqual({ left: 400, top: 0, width: 800, height: 800 });
  expect(boxOf(WIDE, 4, MIDDLE)).toEqual({ left: 0, top: 200, width: 1600, height: 400 });
  expect(boxOf({ width: 600, height: 900 }, 1, MIDDLE).top).toBe(150);
});

test("it never goes beside the picture, however far it is moved", () => {
  for (const [dx, dy] of [
    [9, 0],
    [-9, 0],
    [0, 9],
    [5, -9],
  ] as const) {
    const view = moved(WIDE, 1, { x: 0.5, y: 0.5, zoom: 2 }, dx, dy);
    const box = boxOf(WIDE, 1, view);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.left + box.width).toBeLessThanOrEqual(WIDE.width);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.top + box.height).toBeLessThanOrEqual(WIDE.height);
  }
  // What was asked beyond the edge is not owed on the way back.
  const edge = moved(WIDE, 1, MIDDLE, 9, 0);
  expect(boxOf(WIDE, 1, moved(WIDE, 1, edge, -0.5, 0)).left).toBe(400);
});

test("closer only as far as there are points to show", () => {
  expect(mostZoom(WIDE, 1)).toBe(5);
  expect(mostZoom({ width: 9000, height: 9000 }, 1)).toBe(8);
  expect(mostZoom({ width: 40, height: 40 }, 1)).toBe(1);
  expect(held(WIDE, 1, { x: 0.5, y: 0.5, zoom: 99 }).zoom).toBe(5);
  expect(held(WIDE, 1, { x: 0.5, y: 0.5, zoom: 0 }).zoom).toBe(1);
});

test("how far the middle can go", () => {
  expect(reach(WIDE, 1, MIDDLE)).toEqual({ x: [0.25, 0.75], y: [0.5, 0.5] });
});

test("it is sent in its shape, and no larger than it is", () => {
  expect(sentAs({ width: 3000, height: 750 }, 4, 2000)).toEqual({ width: 2000, height: 500 });
  expect(sentAs({ width: 300, height: 300 }, 1, 800)).toEqual({ width: 300, height: 300 });
  expect(sentAs({ width: 1, height: 0.25 }, 4, 800)).toEqual({ width: 1, height: 1 });
});
