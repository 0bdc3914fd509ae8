import { expect, it } from "vitest";
import { completed, lacking, nameOf, suggestions, waysOn } from "./operators.ts";

const typed = (...args: Parameters<typeof suggestions>) =>
  suggestions(...args).map((one) => one.typed);

it("completes operators by their name in the member's language", () => {
  expect(typed("fr", "en")).toEqual(["from:"]);
  expect(typed("budget be", "en")).toEqual(["before:"]);
  expect(typed("av", "fr")).toEqual(["avant:", "avec:"]);
  expect(typed("apr", "fr")).toEqual(["après:"]);
  expect(typed("a", "fr")).toEqual(["à:"]);
  expect(typed("f", "en")).toEqual([]);
  expect(typed("budget ", "en")).toEqual([]);
  expect(nameOf("from", "fr")).toBe("de:");
});

it("completes values, and those of the other language's names too", () => {
  expect(typed("is:un", "en")).toEqual(["is:unread"]);
  expect(typed("is:unread", "en")).toEqual([]);
  expect(typed("in:", "fr")).toEqual([
    "in:boîte",
    "in:archives",
    "in:demandes",
    "in:indésirables",
    "in:promotions",
    "in:veille",
  ]);
  expect(typed("label:e", "en", ["Été 2026", "Work"])).toEqual(['label:"Été 2026"']);
  expect(typed("in:of", "en", [], ["Office"])).toEqual(["in:Office"]);
  expect(typed("has:v", "en")).toEqual(["has:video", "has:voice"]);
  expect(typed("avec:vi", "fr")).toEqual(["avec:vidéo"]);
  expect(typed("date:", "fr")).toEqual(["date:aujourd’hui", "date:hier", "date:7j.."]);
  expect(typed("https:", "en")).toEqual([]);
});

it("leaves room for the next word", () => {
  expect(completed("budget fr", "from:")).toBe("budget from:");
  expect(completed("budget is:un", "is:unread")).toBe("budget is:unread ");
  expect(completed("label:e", 'label:"Été 2026"')).toBe('label:"Été 2026" ');
});

it("knows what to try where nothing was found", () => {
  const text = 'budget from:ana libellé:"Été 2026" "next year" http://x';
  expect(waysOn(text)).toEqual({
    without: ["from:ana", 'libellé:"Été 2026"'],
    only: ["budget", '"next year"', "http://x"],
    words: "budget next year http://x",
  });
  expect(lacking(text, 'libellé:"Été 2026"')).toBe('budget from:ana "next year" http://x');
  expect(waysOn("Ana")).toEqual({ without: [], only: [], words: "Ana" });
  expect(waysOn("from:")).toEqual({ without: [], only: [], words: "from:" });
});
