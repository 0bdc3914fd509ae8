import { afterEach, expect, test, vi } from "vitest";
import { missed, onLostPhoto, worth } from "./photos.ts";

const asked: string[] = [];
onLostPhoto((id) => asked.push(id));
afterEach(() => {
  asked.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a card of an older page has no photo", () => {
  expect(worth(undefined)).toBe(false);
});

test("a link that leads nowhere rests a while, and the card is asked for once", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1_000);
  expect(worth("/media/a")).toBe(true);
  missed("/media/a", "7");
  expect(worth("/media/a")).toBe(false);
  now.mockReturnValue(70_000);
  expect(worth("/media/a")).toBe(true);
  missed("/media/a", "7");
  expect(worth("/media/a")).toBe(false);
  expect(asked).toEqual(["7"]);
  expect(worth("/media/b")).toBe(true);
});

test("without a network no link is given up", () => {
  vi.stubGlobal("navigator", { onLine: false });
  missed("/media/c", "8");
  expect(worth("/media/c")).toBe(true);
  expect(asked).toEqual([]);
});
