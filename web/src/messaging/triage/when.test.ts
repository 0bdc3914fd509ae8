import { describe, expect, it } from "vitest";
import { fieldValue } from "../../kit/days.ts";
import { presets, understood } from "./when.ts";

// A Wednesday, at 14:20 where the member is.
const NOW = new Date(2026, 10, 18, 14, 20).getTime();
const said = (words: string, from = NOW) => {
  const found = understood(words, from);
  return found === null ? null : fieldValue(found);
};

describe("moments in words", () => {
  it.each([
    ["tomorrow", "2026-11-19T09:00"],
    ["Tomorrow at 8am", "2026-11-19T08:00"],
    ["demain 14h30", "2026-11-19T14:30"],
    ["demain matin", "2026-11-19T09:00"],
    ["demain à 7 h", "2026-11-19T07:00"],
    ["après-demain", "2026-11-20T09:00"],
    ["day after tomorrow", "2026-11-20T09:00"],
    ["tonight", "2026-11-18T18:00"],
    ["ce soir", "2026-11-18T18:00"],
    ["ce soir à 20h", "2026-11-18T20:00"],
    ["tonight at 8pm", "2026-11-18T20:00"],
    ["friday", "2026-11-20T09:00"],
    ["vendredi", "2026-11-20T09:00"],
    ["ce soir à 8h", "2026-11-18T20:00"],
    ["tonight at 8", "2026-11-18T20:00"],
    ["demain après-midi", "2026-11-19T14:00"],
    ["ven. 16h", "2026-11-20T16:00"],
    ["next monday 10:15", "2026-11-23T10:15"],
    ["lundi prochain", "2026-11-23T09:00"],
    ["wednesday", "2026-11-25T09:00"],
    ["mercredi", "2026-11-25T09:00"],
    ["weekend", "2026-11-21T09:00"],
    ["ce week-end", "2026-11-21T09:00"],
    ["next week", "2026-11-23T09:00"],
    ["la semaine prochaine", "2026-11-23T09:00"],
    ["next month", "2026-12-01T09:00"],
    ["le mois prochain", "2026-12-01T09:00"],
    ["fin du mois", "2026-11-30T09:00"],
    ["end of month", "2026-11-30T09:00"],
    ["in 3 days", "2026-11-21T09:00"],
    ["dans 3 jours", "2026-11-21T09:00"],
    ["in a week", "2026-11-25T09:00"],
    ["dans une semaine", "2026-11-25T09:00"],
    ["dans deux semaines", "2026-12-02T09:00"],
    ["in 2 hours", "2026-11-18T16:20"],
    ["dans 2 heures", "2026-11-18T16:20"],
    ["dans 20 minutes", "2026-11-18T14:40"],
    ["in a month", "2026-12-18T09:00"],
    ["3d", "2026-11-21T09:00"],
    ["3j", "2026-11-21T09:00"],
    ["2w", "2026-12-02T09:00"],
    ["12 march", "2027-03-12T09:00"],
    ["March 12th at 5pm", "2027-03-12T17:00"],
    ["1er décembre", "2026-12-01T09:00"],
    ["le 24 décembre à midi", "2026-12-24T12:00"],
    ["lundi 23 novembre", "2026-11-23T09:00"],
    ["25/12", "2026-12-25T09:00"],
    ["3/2", "2027-02-03T09:00"],
    ["2027-01-15 16:45", "2027-01-15T16:45"],
    ["17:00", "2026-11-18T17:00"],
    ["9am", "2026-11-19T09:00"],
    ["à 9h", "2026-11-19T09:00"],
    ["at 17", "2026-11-18T17:00"],
    ["noon", "2026-11-19T12:00"],
  ])("reads “%s”", (words, moment) => expect(said(words)).toBe(moment));

  it.each([
    "",
    "soon",
    "31 february",
    "12/3/2020",
    "25:00",
    "tomorrow maybe",
    "0 days",
    "in -1 days",
    "in 12 years",
  ])("does not pretend to know “%s”", (words) => expect(understood(words, NOW)).toBeNull());

  it("keeps the last day of a month that is shorter", () => {
    const january = new Date(2027, 0, 31, 10).getTime();
    expect(said("in a month", january)).toBe("2027-02-28T09:00");
  });
});

describe("what is mostly meant", () => {
  const names = (from: Date) => presets(from.getTime()).map(([name]) => name);

  it("offers what makes sense at that hour, soonest sense first", () => {
    expect(presets(NOW).map(([name, at]) => [name, fieldValue(at)])).toEqual([
      ["later", "2026-11-18T17:00"],
      ["evening", "2026-11-18T18:00"],
      ["tomorrow", "2026-11-19T09:00"],
      ["weekend", "2026-11-21T09:00"],
      ["week", "2026-11-23T09:00"],
      ["month", "2026-12-18T09:00"],
    ]);
  });

  it("says nothing twice", () => {
    expect(names(new Date(2026, 10, 18, 22, 30))).not.toContain("later");
    expect(names(new Date(2026, 10, 18, 17, 0))).not.toContain("evening");
    // On a Friday tomorrow is the week-end; on a Sunday tomorrow is next week.
    expect(names(new Date(2026, 10, 20, 9))).not.toContain("weekend");
    expect(names(new Date(2026, 10, 22, 9))).not.toContain("week");
  });
});
