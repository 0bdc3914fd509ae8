import { describe, expect, it } from "vitest";
import { type Change, continued, type Field, type Markup, marked } from "./marking.ts";

/** A field from a text in which ‹ and › stand around what is selected. */
function field(text: string): Field {
  const start = text.indexOf("‹");
  const end = text.indexOf("›") - 1;
  return { text: text.replace(/[‹›]/g, ""), start, end };
}

function after({ text }: Field, change: Change): string {
  const whole = text.slice(0, change.from) + change.put + text.slice(change.to);
  return `${whole.slice(0, change.start)}‹${whole.slice(change.start, change.end)}›${whole.slice(change.end)}`;
}

describe("markup by key", () => {
  it.each<[Markup, string, string]>([
    ["bold", "a ‹word› here", "a *‹word›* here"],
    ["bold", "a *‹word›* here", "a ‹word› here"],
    ["bold", "a ‹*word*› here", "a ‹word› here"],
    ["italic", "‹word ›here", "_‹word›_ here"],
    ["italic", "‹›", "_‹›_"],
    ["code", "run ‹x = 1›", "run `‹x = 1›`"],
    ["code", "‹a\nb›", "```\n‹a\nb›\n```"],
    ["list", "‹one\ntwo›", "‹- one\n- two›"],
    ["list", "‹- one\n- two›", "‹one\ntwo›"],
    ["numbers", "‹one\ntwo›", "‹1. one\n2. two›"],
    ["quote", "so\nhe sa‹›id", "so\n> he sa‹›id"],
  ])("%s: %j", (how, before, wanted) => {
    const given = field(before);
    expect(after(given, marked(given, how))).toBe(wanted);
  });
});

describe("a new line in a list", () => {
  it.each([
    ["- one‹›", "- one\n- ‹›"],
    ["9. nine‹›", "9. nine\n10. ‹›"],
    ["- one\n- ‹›", "- one\n‹›"],
  ])("%j", (before, wanted) => {
    const given = field(before);
    const change = continued(given);
    expect(change && after(given, change)).toBe(wanted);
  });

  it("is a new line anywhere else", () => expect(continued(field("plain‹›"))).toBeNull());
});
