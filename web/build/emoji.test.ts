import { describe, expect, it } from "vitest";
import { find, GROUPS, merged, QUICK, toned, unpack } from "../src/messaging/emoji.ts";
import { packed } from "./emoji.ts";

const english = unpack(packed("en"));
const french = unpack(packed("fr"));
const both = merged(french, english);
const signs = (query: string): string[] => find(both, query).map((one) => one.sign);

describe("emoji", () => {
  it("come in nine groups, each language the same", () => {
    expect(english.map((group) => group.name)).toEqual([...GROUPS]);
    expect(french.map((group) => group.signs.length)).toEqual(
      english.map((group) => group.signs.length),
    );
    const all = new Set(english.flatMap((group) => group.signs.map((one) => one.sign)));
    for (const sign of QUICK) expect(all).toContain(sign);
  });

  it("are found by their names in both languages, accents or not", () => {
    expect(signs("fusee")).toContain("🚀");
    expect(signs("fusée")[0]).toBe("🚀");
    expect(signs("rocket")[0]).toBe("🚀");
    expect(signs("pouce haut")).toContain("👍");
    expect(signs("coeur rouge")[0]).toBe("❤️");
    expect(signs("")).toEqual([]);
    expect(signs("zzzzzz")).toEqual([]);
  });

  it("put what is called so before what is only like it", () => {
    expect(find(english, "rocket")[0]?.sign).toBe("🚀");
    expect(find(english, "dog")[0]?.name).toMatch(/^dog/);
  });

  it("take a tone where they have one", () => {
    const hand = find(english, "waving hand")[0];
    expect(hand && toned(hand, 3)).toBe("👋🏽");
    const rocket = find(english, "rocket")[0];
    expect(rocket && toned(rocket, 3)).toBe("🚀");
  });
});
