import { expect, it } from "vitest";
import { fill } from "./variables.ts";

it("fills in names, and leaves no hole where one is missing", () => {
  const text = "Hello {first_name}, how is {organisation}? {me}";
  expect(fill(text, { first_name: "Ana", organisation: "Aster", me: "Bo" })).toBe(
    "Hello Ana, how is Aster? Bo",
  );
  expect(fill("Hello {first_name}, and thank you {other}.", {})).toBe(
    "Hello, and thank you {other}.",
  );
});
