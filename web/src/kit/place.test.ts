import { describe, expect, it } from "vitest";
import { place } from "./place.ts";

const view = { width: 1000, height: 800 };
const size = { width: 200, height: 300 };

describe("place", () => {
  it("goes where it is wished", () => {
    const anchor = { left: 400, top: 100, width: 40, height: 40 };
    expect(place(anchor, size, view, { side: "below", align: "start" })).toEqual({
      left: 400,
      top: 146,
      above: false,
    });
    expect(place(anchor, size, view, { side: "below", align: "end" }).left).toBe(240);
    expect(place(anchor, size, view, { side: "below", align: "center" }).left).toBe(320);
  });

  it("takes the other side where there is no room", () => {
    const low = { left: 400, top: 740, width: 40, height: 40 };
    expect(place(low, size, view, { side: "below", align: "start" })).toMatchObject({
      above: true,
      top: 434,
    });
    const high = { left: 400, top: 10, width: 40, height: 40 };
    expect(place(high, size, view, { side: "above", align: "start" }).above).toBe(false);
  });

  it("goes beside what stands in a column", () => {
    const item = { left: 10, top: 300, width: 44, height: 44 };
    expect(
      place(item, { width: 80, height: 30 }, view, { side: "right", align: "center" }),
    ).toEqual({
      left: 60,
      top: 307,
      above: false,
    });
  });

  it("stays inside the window", () => {
    const corner = { left: 980, top: 400, width: 20, height: 20 };
    expect(place(corner, size, view, { side: "below", align: "start" }).left).toBe(792);
    const edge = { left: 0, top: 400, width: 20, height: 20 };
    expect(place(edge, size, view, { side: "below", align: "end" }).left).toBe(8);
  });
});
