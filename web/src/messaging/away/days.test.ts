import { expect, it } from "vitest";
import { dayOf, firstMoment, lastMoment } from "./days.ts";

it("knows where days begin and end, also when the clock changes", () => {
  expect(dayOf(firstMoment("2026-03-01"))).toBe("2026-03-01");
  expect(dayOf(firstMoment("2026-03-01") - 1)).toBe("2026-02-28");
  for (const day of ["2026-03-29", "2026-10-25", "2026-12-31", "2028-02-29"]) {
    expect(dayOf(lastMoment(day) - 1)).toBe(day);
    expect(new Date(lastMoment(day)).getHours()).toBe(0);
  }
});
