import { describe, expect, it } from "vitest";
import {
  drawnOn,
  filled,
  fills,
  MARGIN,
  panned,
  perMille,
  reordered,
  scaled,
  snapped,
  stepped,
  turned,
  zoomed,
  zoomOf,
} from "./geometry.ts";

const BOX = { left: 100, top: 50, width: 225, height: 400 };

describe("places", () => {
  it("are thousandths of the frame, whatever its size", () => {
    expect(perMille({ x: 100, y: 50 }, BOX)).toEqual({ x: 0, y: 0 });
    expect(perMille({ x: 212.5, y: 250 }, BOX)).toEqual({ x: 500, y: 500 });
    expect(perMille({ x: 900, y: -20 }, BOX)).toEqual({ x: 1000, y: 0 });
  });

  it("move by eight pixels of a frame of 450 by 800, by one with Shift", () => {
    const at = { x: 500, y: 500 };
    expect(stepped(at, "ArrowRight", false)).toEqual({ x: 518, y: 500 });
    expect(stepped(at, "ArrowLeft", true)).toEqual({ x: 498, y: 500 });
    expect(stepped(at, "ArrowUp", false)).toEqual({ x: 500, y: 490 });
    expect(stepped(at, "ArrowDown", true)).toEqual({ x: 500, y: 501 });
    expect(stepped({ x: 4, y: 0 }, "ArrowLeft", false)).toEqual({ x: 0, y: 0 });
    expect(stepped(at, "Enter", false)).toBeNull();
  });

  it("are drawn to the middle and to the margins", () => {
    const size = { width: 300, height: 100 };
    expect(snapped({ x: 512, y: 300 }, size)).toEqual({
      x: 500,
      y: 300,
      lines: { x: 500, y: null },
    });
    expect(snapped({ x: 300, y: MARGIN + 54 }, size)).toEqual({
      x: 300,
      y: MARGIN + 50,
      lines: { x: null, y: MARGIN },
    });
    expect(snapped({ x: 300, y: 1000 - MARGIN - 50 }, size).lines.y).toBe(1000 - MARGIN);
    expect(snapped({ x: 520, y: 520 }, size).lines).toEqual({ x: null, y: null });
  });

  it("grow and turn within bounds", () => {
    expect(scaled(100, 10)).toBe(110);
    expect(scaled(300, 10)).toBe(300);
    expect(scaled(40, -10)).toBe(40);
    expect(turned(0, -5)).toBe(-5);
    expect(turned(175, 10)).toBe(-175);
  });
});

describe("what is seen of a picture", () => {
  const wide = { width: 1600, height: 900 };
  const phone = { width: 1080, height: 1920 };

  it("fills the frame from the middle", () => {
    expect(filled(phone)).toEqual({ x: 0, y: 0, width: 1000, height: 1000 });
    const crop = filled(wide);
    expect(crop).toEqual({ x: 342, y: 0, width: 316, height: 1000 });
    expect(fills(phone)).toBe(true);
    expect(fills(wide)).toBe(false);
  });

  it("comes nearer and goes back no further than the picture", () => {
    const near = zoomed(filled(wide), wide, 2);
    expect(near).toEqual({ x: 421, y: 250, width: 158, height: 500 });
    expect(zoomOf(near, wide)).toBeCloseTo(2, 1);
    expect(zoomed(near, wide, 0.01)).toEqual(filled(wide));
  });

  it("follows the hand, and stays within the picture", () => {
    const near = zoomed(filled(phone), phone, 2);
    expect(near).toEqual({ x: 250, y: 250, width: 500, height: 500 });
    expect(panned(near, { x: 100, y: 0 })).toEqual({ ...near, x: 200 });
    expect(panned(near, { x: -2000, y: 2000 })).toEqual({ ...near, x: 500, y: 0 });
  });
});

it("puts a frame elsewhere", () => {
  expect(reordered(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(reordered(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(reordered(["a"], 0, 5)).toEqual(["a"]);
});

it("draws no point twice", () => {
  expect(drawnOn([], { x: 1, y: 2 })).toEqual([1, 2]);
  expect(drawnOn([1, 2], { x: 2, y: 3 })).toBeNull();
  expect(drawnOn([1, 2], { x: 9, y: 9 })).toEqual([1, 2, 9, 9]);
});
