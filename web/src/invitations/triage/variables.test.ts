import { expect, it } from "vitest";
import { fill, fillKnown } from "./variables.ts";

it("fills in names, and leaves no hole where one is missing", () => {
  const text = "Hello {first_name}, how is {organisation}? {me}";
  expect(fill(text, { first_name: "Ana", organisation: "Aster", me: "Bo" })).toBe(
    "Hello Ana, how is Aster? Bo",
  );
  expect(fill("Hello {first_name}, and thank you {other}.", {})).toBe(
    "Hello, and thank you {other}.",
  );
});

it("leaves what is not known to whoever writes, and says where it is", () => {
  const text = "Hello {first_name}, how is {organisation}? {price}";
  expect(fillKnown(text, { first_name: "Ana", organisation: "" })).toEqual({
    text: "Hello Ana, how is {organisation}? {price}",
    gap: { from: 18, to: 32 },
  });
  expect(fillKnown("Hello {name}", { name: "Ana {x}" }).gap).toEqual({ from: 10, to: 13 });
  expect(fillKnown("Thanks!", {})).toEqual({ text: "Thanks!", gap: null });
});
