import { expect, it } from "vitest";
import { rank } from "./ranking.ts";

const labels = [
  "Archive",
  "Go to archived conversations",
  "Settings",
  "Réglages",
  "Undo the last action",
];
const found = (needle: string): string[] =>
  rank(labels, needle).map(({ index }) => labels[index] ?? "");

it("finds by beginnings, across words, without accents", () => {
  expect(found("arch")[0]).toBe("Archive");
  expect(found("reglages")).toEqual(["Réglages"]);
  expect(found("last undo")).toEqual(["Undo the last action"]);
  expect(found("zzz")).toEqual([]);
});

it("says which letters matched", () => {
  expect(rank(labels, "sett")[0]?.ranges).toEqual([0, 4]);
});
