import { expect, it } from "vitest";
import type { NoticeSettings } from "../wire/types.ts";
import { isQuiet, minuteOf, timeOf } from "./quiet.ts";

const HOUR = 3_600_000;
const MONDAY = 1_767_567_600_000; // midnight in Paris, 5 January 2026

const at = (hour: number, days: number[], start = 1320, end = 420): boolean =>
  isQuiet(
    { quiet: { on: true, start, end, days }, zone: "Europe/Paris" } as NoticeSettings,
    MONDAY + hour * HOUR,
  );

it("is quiet on nights that begin on the chosen days", () => {
  expect(at(23.5, [0])).toBe(true);
  expect(at(21.5, [0])).toBe(false);
  expect(at(30.5, [0])).toBe(true);
  expect(at(31, [0])).toBe(false);
  expect(at(47, [0])).toBe(false);
  expect(at(6, [6])).toBe(true);
  expect(at(23, [])).toBe(false);
});

it("may be quiet by day, or never", () => {
  expect(at(13, [0], 720, 840)).toBe(true);
  expect(at(15, [0], 720, 840)).toBe(false);
  expect(at(12, [0], 720, 720)).toBe(false);
});

it("writes and reads times of day", () => {
  expect(timeOf(420)).toBe("07:00");
  expect(minuteOf("22:05")).toBe(1325);
  expect(minuteOf("")).toBeNull();
});
