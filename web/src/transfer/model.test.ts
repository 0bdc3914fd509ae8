import { describe, expect, it } from "vitest";
import { acceptable, type FileReport, type Import, share, sorted } from "./model.ts";

const file = (name: string, more: Partial<FileReport> = {}): FileReport => ({
  name,
  family: null,
  ignored: null,
  rows: 0,
  imported: 0,
  duplicates: 0,
  drafts: 0,
  hidden: 0,
  blank: 0,
  bad_dates: 0,
  refused: 0,
  refused_rows: [],
  notes: [],
  ...more,
});

describe("a report", () => {
  it("shows what brought most first, what was passed over apart", () => {
    const files = [
      file("Logins.csv", { ignored: "sensitive" }),
      file("Skills.csv", { imported: 8 }),
      file("messages.csv", { imported: 749 }),
      file("Votes.csv", { rows: 1, notes: ["not_shown_yet"] }),
    ];
    const { read, unused, passed } = sorted(files);
    expect(unused.map((one) => one.name)).toEqual(["Votes.csv"]);
    expect(read.map((one) => one.name)).toEqual(["messages.csv", "Skills.csv"]);
    expect(passed.map((one) => one.name)).toEqual(["Logins.csv"]);
  });
});

describe("progress", () => {
  it("is a share, or unknown", () => {
    const one = { progress: { done: 50, total: 200 } } as Import;
    expect(share(one)).toBe(0.25);
    expect(share({ ...one, progress: { done: 0, total: 0 } })).toBeNull();
    expect(share({ ...one, progress: { done: 300, total: 200 } })).toBe(1);
  });
});

describe("a file that is dropped", () => {
  it("is tried by its ending; the server looks inside", () => {
    expect(acceptable({ name: "Basic_LinkedInDataExport (1).ZIP", size: 10 })).toBeNull();
    expect(acceptable({ name: "messages.csv", size: 10 })).toBeNull();
    expect(acceptable({ name: "photo.jpg", size: 10 })).toBe("type");
    expect(acceptable({ name: "a.zip", size: 0 })).toBe("empty");
  });
});
