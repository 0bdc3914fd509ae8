import { describe, expect, it, vi } from "vitest";
import { allWords, useLocale } from "../kit/i18n.svelte.ts";
import { completeUrl, hostOf, joinMonth, monthsBetween, splitMonth } from "./model.ts";
import { period } from "./period.ts";

const NOW = new Date("2026-11-22T12:00:00");

describe("a period", () => {
  it("names what begins and ends in one year, or one month, once", async () => {
    vi.stubGlobal("document", { documentElement: { lang: "en" } });
    await useLocale("en");
    await allWords();
    expect(period("2016", "2016", NOW)).toBe("2016");
    expect(period("2013", "2018", NOW)).toBe("2013 – 2018");
    vi.unstubAllGlobals();
  });
});

describe("months", () => {
  it("are split and joined", () => {
    expect(splitMonth("2019-04")).toEqual({ year: "2019", month: "04" });
    expect(splitMonth("2019")).toEqual({ year: "2019", month: "" });
    expect(joinMonth("2019", "04")).toBe("2019-04");
    expect(joinMonth("", "04")).toBe("");
  });

  it("are counted with both ends, and only where they are known", () => {
    expect(monthsBetween("2026-11", "", NOW)).toBe(1);
    expect(monthsBetween("2016-09", "", NOW)).toBe(123);
    expect(monthsBetween("2009", "2016", NOW)).toBeNull();
    expect(monthsBetween("2020-05", "2019-01", NOW)).toBeNull();
  });
});

describe("links", () => {
  it("are completed and shortened", () => {
    expect(completeUrl(" example.org/a ")).toBe("https://example.org/a");
    expect(completeUrl("http://example.org")).toBe("http://example.org");
    expect(completeUrl("")).toBe("");
    expect(hostOf("https://www.example.org/a")).toBe("example.org");
    expect(hostOf("not an address")).toBe("not an address");
  });
});
