import { expect, it } from "vitest";
import { dayOf, fieldValue, firstMoment, lastMoment, midnightAfter } from "./days.ts";

it("knows where days begin and end, also when the clock changes", () => {
  expect(dayOf(firstMoment("2026-03-01"))).toBe("2026-03-01");
  expect(dayOf(firstMoment("2026-03-01") - 1)).toBe("2026-02-28");
  for (const day of ["2026-03-29", "2026-10-25", "2026-12-31", "2028-02-29"]) {
    expect(dayOf(lastMoment(day) - 1)).toBe(day);
    expect(new Date(lastMoment(day)).getHours()).toBe(0);
  }
});

it("knows which day comes next, at any hour and at both ends of the world", () => {
  const zone = process.env.TZ;
  try {
    for (const place of ["Pacific/Kiritimati", "Europe/Paris", "Pacific/Pago_Pago"]) {
      process.env.TZ = place;
      for (const hour of [0, 1, 9, 15, 23]) {
        const at = firstMoment("2026-10-25") + hour * 3_600_000;
        expect([dayOf(at), dayOf(midnightAfter(1, at))]).toEqual(["2026-10-25", "2026-10-26"]);
        expect(fieldValue(midnightAfter(7, at))).toBe("2026-11-01T00:00");
      }
    }
  } finally {
    process.env.TZ = zone;
  }
});
