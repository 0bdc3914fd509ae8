import { describe, expect, it } from "vitest";
import { address, Refused } from "./api.ts";
import { clientId } from "./ids.ts";
import { backOff, later } from "./live.ts";

describe("client ids", () => {
  it("are UUIDv7, each later than the one before", () => {
    const ids = Array.from({ length: 5_000 }, clientId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids.slice(0, 50))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("the log", () => {
  it("compares numbers beyond what a double holds", () => {
    expect(later("10", "9")).toBe(true);
    expect(later("9007199254740993", "9007199254740992")).toBe(true);
    expect(later("7", "7")).toBe(false);
  });

  it("waits longer each time, within bounds", () => {
    expect(backOff(0, 0)).toBe(250);
    expect(backOff(3, 1)).toBe(4_000);
    expect(backOff(50, 1)).toBe(30_000);
  });
});

describe("requests", () => {
  it("leave out what is not given", () => {
    expect(address("/api/x", { a: 1, b: null, c: undefined, d: "é" })).toBe("/api/x?a=1&d=%C3%A9");
  });

  it("know which refusals pass by themselves", () => {
    expect(new Refused(429, "a.b", "Later.").passing).toBe(true);
    expect(new Refused(401, "a.b", "Sign in.").passing).toBe(true);
    expect(new Refused(403, "a.b", "No.").passing).toBe(false);
  });
});
