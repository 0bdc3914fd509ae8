import { describe, expect, it } from "vitest";
import { daysBetween, formattersFor } from "./dates.ts";
import { type Compiled, formatsFor } from "./formats.ts";
import { hueOf, initialsOf } from "./hue.ts";

const at = (text: string): number => new Date(text).getTime();
const NOW = at("2026-11-22T12:00:00");

describe("dates", () => {
  const en = formattersFor("en");
  const fr = formattersFor("fr");

  it("are short by distance", () => {
    expect(en.short(at("2026-11-22T09:41:00"), NOW)).toBe("09:41");
    expect(en.short(at("2026-11-21T23:59:00"), NOW)).toBe("Sat");
    expect(en.short(at("2026-10-02T09:41:00"), NOW)).toBe("2 Oct");
    expect(en.short(at("2019-10-02T09:41:00"), NOW)).toBe("2 Oct 2019");
    expect(fr.short(at("2026-11-19T09:41:00"), NOW)).toBe("jeu.");
  });

  it("name days", () => {
    expect(en.day(NOW, NOW)).toBe("Today");
    expect(fr.day(at("2026-11-21T01:00:00"), NOW)).toBe("Hier");
    expect(en.day(at("2026-11-18T01:00:00"), NOW)).toBe("Wednesday");
    expect(fr.day(at("2025-11-18T01:00:00"), NOW)).toBe("Mardi 18 novembre 2025");
  });

  it("say the first of a month as each language does", () => {
    expect(fr.long(at("2026-11-01T09:41:00"))).toBe("1er novembre 2026");
    expect(fr.full(at("2026-11-01T01:01:00"))).toBe("1er novembre 2026 à 01:01");
    expect(fr.short(at("2026-11-01T09:41:00"), NOW)).toBe("1er nov.");
    expect(fr.day(at("2026-11-01T09:41:00"), NOW)).toBe("Dimanche 1er novembre");
    expect(fr.long(at("2026-11-21T09:41:00"))).toBe("21 novembre 2026");
    expect(fr.long(at("2026-11-11T09:41:00"))).toBe("11 novembre 2026");
    expect(en.long(at("2026-11-01T09:41:00"))).toBe("1 November 2026");
  });

  it("count calendar days", () => {
    expect(daysBetween(at("2026-11-21T23:59:59"), at("2026-11-22T00:00:01"))).toBe(1);
    expect(daysBetween(NOW, NOW)).toBe(0);
  });

  it("tell how long ago", () => {
    expect(en.ago(NOW - 3 * 3_600_000, NOW)).toBe("3 hours ago");
    expect(fr.ago(NOW - 5_000, NOW)).toBe("maintenant");
    expect(en.list(["Ana", "Benoît", "Zoé"])).toBe("Ana, Benoît and Zoé");
  });
});

describe("formats", () => {
  const fr = formatsFor("fr");
  const message: Exclude<Compiled, string> = (p, f) =>
    f.p(p["n"], {
      "=0": "rien",
      one: () => `${f.n(p["n"])} lettre`,
      other: () => `${f.n(p["n"])} lettres`,
    });

  it("pick plurals as the language does", () => {
    expect(message({ n: 0 }, fr)).toBe("rien");
    expect(message({ n: 1 }, fr)).toBe("1 lettre");
    expect(message({ n: 1.5 }, fr)).toBe("1,5 lettre");
    expect(message({ n: 23256 }, fr)).toBe("23\u202f256 lettres");
  });

  it("fall back to other where a catalogue has no “many”", () => {
    expect(message({ n: 1_000_000 }, fr)).toBe("1\u202f000\u202f000 lettres");
  });
});

describe("initials and hues", () => {
  it.each([
    ["Ana María López", "AL"],
    ["élodie okafor", "ÉO"],
    ["李 小龙", "李"],
    ["ana@example.org", "A"],
    ["  ", "?"],
    ["(Ex) Jean-Luc", "EJ"],
  ])("%s → %s", (name, initials) => expect(initialsOf(name)).toBe(initials));

  it("keep a person's colour, on the wheel", () => {
    expect(hueOf("382731428107911168")).toBe(hueOf("382731428107911168"));
    const hues = new Set(Array.from({ length: 500 }, (_, index) => hueOf(String(index))));
    expect(hues.size).toBe(24);
    expect(Math.max(...hues)).toBeLessThan(360);
  });
});
