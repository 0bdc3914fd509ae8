import { describe, expect, it } from "vitest";
import { type Compiled, formatsFor } from "../src/kit/formats.ts";
import { keysIn, split } from "./first.ts";
import { svgToPath } from "./icons.ts";
import {
  catalogueCode,
  catalogueFaults,
  catalogueTypes,
  messageCode,
  parametersOf,
  typographyFaults,
} from "./messages.ts";

function say(message: string, parameters: Record<string, unknown>, locale = "en"): string {
  const compiled = new Function(`return ${messageCode(message)}`)() as Compiled;
  return typeof compiled === "string" ? compiled : compiled(parameters, formatsFor(locale));
}

describe("messageCode", () => {
  it("makes plain messages plain strings", () => {
    expect(messageCode("All “clear”.")).toBe('"All “clear”."');
  });

  it("says arguments, numbers, plurals, selects, nested", () => {
    expect(say("Hello {name}", { name: "Ana" })).toBe("Hello Ana");
    expect(say("{n, number} messages", { n: 23256 })).toBe("23,256 messages");
    expect(say("{n, plural, =0 {none} one {# row} other {# rows}}", { n: 1 })).toBe("1 row");
    expect(say("{n, plural, =0 {none} one {# row} other {# rows}}", { n: 0 })).toBe("none");
    const nested =
      "{who, select, me {{n, plural, one {my # word} other {my # words}}} other {{n, plural, one {a word} other {words}}}}";
    expect(say(nested, { who: "me", n: 3 })).toBe("my 3 words");
    expect(say(nested, { who: "x", n: 1 })).toBe("a word");
  });

  it("cannot be left by what a message holds", () => {
    expect(say('"); throw 1; ("{a}\\', { a: "`1`" })).toBe('"); throw 1; ("`1`\\');
  });

  it("makes a module", () => {
    expect(catalogueCode({ "a.b": "x" })).toBe('export default {\n"a.b":"x"\n};\n');
  });
});

describe("types and faults", () => {
  it("types parameters", () => {
    expect([...parametersOf("{a} {n, plural, other {#}} {s, select, x {} y {} other {}}")]).toEqual(
      [
        ["a", "string | number"],
        ["n", "number"],
        ["s", "string"],
      ],
    );
    const types = catalogueTypes({ "a.plain": "x", "a.with": "{n, number}" });
    expect(types).toContain('"a.plain": null;');
    expect(types).toContain('"a.with": { "n": number };');
  });

  it("finds what is missing or differs", () => {
    expect(catalogueFaults({ en: { "a.b": "x", "a.c": "{n}" }, fr: { "a.c": "{m}" } })).toEqual([
      "fr: a.b is missing",
      "a.c has {n} in en, {m} in fr",
    ]);
    expect(catalogueFaults({ en: {}, fr: { "a.b": "x" } })).toEqual(["en: a.b is missing"]);
    expect(catalogueFaults({ en: { "a.b": "{" }, fr: {} })[0]).toMatch(/^en: a.b cannot be read/);
  });

  it("holds the typography of both languages", () => {
    expect(typographyFaults("en", "It's")).toHaveLength(1);
    expect(typographyFaults("en", "Wait...")).toHaveLength(1);
    expect(typographyFaults("fr", "Qui ?")).toHaveLength(1);
    expect(typographyFaults("fr", "Qui?")).toHaveLength(1);
    expect(typographyFaults("fr", "Qui\u202f?")).toEqual([]);
    expect(
      typographyFaults("fr", "«\u202fVoilà\u202f»\u202f: {n, plural, other {# à 09:41}}"),
    ).toEqual([]);
    expect(typographyFaults("fr", "« Voilà »")).toHaveLength(2);
    expect(typographyFaults("fr", "{name}: bonjour")).toHaveLength(1);
  });
});

describe("what the first page says", () => {
  it("takes keys that stand in the code, and those that a template begins", () => {
    const catalogue = { "a.one": "1", "a.two_x": "x", "a.two_y": "y", "b.other": "o" };
    const found = keysIn(['t("a.one"); t(`a.two_$' + "{kind}`)"], catalogue);
    expect([...found].sort()).toEqual(["a.one", "a.two_x", "a.two_y"]);
    expect(split(catalogue, found).rest).toEqual({ "b.other": "o" });
  });
});

describe("svgToPath", () => {
  it("draws every shape as a path", () => {
    const svg = `<svg xmlns="x"><circle cx="12" cy="12" r="3"/><path d="m1 2 3 4"/><path d="M5 6h1"/>
      <rect width="4" height="5" x="1" y="2" rx="1"/><line x1="1" x2="2" y1="3" y2="4"/>
      <polyline points="1 2 3 4"/></svg>`;
    expect(svgToPath(svg)).toBe(
      "M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z" +
        "M0 0m1 2 3 4" +
        "M5 6h1" +
        "M2 2h2a1 1 0 0 1 1 1v3a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1v-3a1 1 0 0 1 1 -1z" +
        "M1 3L2 4" +
        "M1 2 3 4",
    );
  });
});
