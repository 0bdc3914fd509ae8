import { expect, it } from "vitest";
import { askedText } from "./asked.ts";

it("hears a ; at the start of a word only", () => {
  expect(askedText(";", 1)).toEqual({ from: 0, query: "" });
  expect(askedText("Hello ;tha", 10)).toEqual({ from: 6, query: "tha" });
  expect(askedText("line\n;é", 7)).toEqual({ from: 5, query: "é" });
  expect(askedText("wait; what", 10)).toBeNull();
  expect(askedText("wait;", 5)).toBeNull();
  expect(askedText(";)", 2)).toBeNull();
  expect(askedText("one ;two three", 14)).toBeNull();
});
