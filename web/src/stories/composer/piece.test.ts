import { describe, expect, it } from "vitest";
import {
  type DraftFrame,
  type DraftSticker,
  emptyFrame,
  firstLack,
  lacks,
  linkOf,
  newSticker,
  readKept,
  sentFrame,
} from "./piece.ts";
import { allowed, audienceOf } from "./ways.ts";

const NOW = 1_000;
const card = (text: string): DraftFrame => ({ ...emptyFrame("a", "text", null), text });
const put = (kind: DraftSticker["kind"], more: Partial<DraftSticker> = {}): DraftSticker => ({
  ...newSticker("s", kind),
  ...more,
});

describe("what was kept", () => {
  it("is read again as it was", () => {
    const frames = [card("Hello"), { ...emptyFrame("b", "photo", "key"), alt: "A wall" }];
    const kept = { frames, at: 1, ways: allowed({ who: "everyone", hours: 72 }) };
    expect(readKept(JSON.stringify(kept))).toEqual(kept);
  });

  it("may come from another version, or be nothing", () => {
    expect(readKept(undefined)).toBeNull();
    expect(readKept("{")).toBeNull();
    expect(readKept('{"frames":4}')).toBeNull();
    const kept = readKept('{"frames":[{"id":"a","kind":"text","text":"Hi"}],"ways":{"who":"all"}}');
    expect(kept?.frames).toEqual([card("Hi")]);
    expect(kept?.ways.who).toBe("connections");
  });
});

describe("a link", () => {
  it("is an address of the web, with or without how it begins", () => {
    expect(linkOf("example.org/a")).toEqual({
      url: "https://example.org/a",
      domain: "example.org",
    });
    expect(linkOf(" http://www.example.org ")?.domain).toBe("www.example.org");
  });

  it("is nothing else", () => {
    for (const typed of ["", "example", "two words.org", "javascript:alert(1)", "mailto:a@b.org"])
      expect(linkOf(typed)).toBeNull();
    expect(linkOf("https://example.org@evil.test/")).toBeNull();
  });
});

describe("what is wanting", () => {
  it("is found in a sticker", () => {
    expect(lacks(put("text"), NOW)).toBe("text");
    expect(lacks(put("mention", { text: "Ana" }), NOW)).toBe("text");
    expect(lacks(put("link", { text: "Read" }), NOW)).toBe("url");
    expect(lacks(put("job"), NOW)).toBe("text");
    expect(lacks(put("job", { text: "Turner" }), NOW)).toBeNull();
    expect(lacks(put("job", { text: "Turner", url: "no page" }), NOW)).toBe("url");
    expect(lacks(put("poll", { text: "Tea?", options: ["Yes", " "] }), NOW)).toBe("options");
    expect(lacks(put("poll", { text: "Tea?", options: ["Yes", "No"] }), NOW)).toBeNull();
    expect(lacks(put("countdown", { text: "Party", at: NOW }), NOW)).toBe("at");
    expect(lacks(put("countdown", { text: "Party", at: NOW + 1 }), NOW)).toBeNull();
  });

  it("is found in the first frame that has it", () => {
    const good = card("Hello");
    expect(firstLack([good], NOW)).toBeNull();
    expect(firstLack([good, card(" ")], NOW)).toEqual({ frame: 1, sticker: null });
    const half = { ...card(""), stickers: [put("question")] };
    expect(firstLack([half], NOW)).toEqual({ frame: 0, sticker: "s" });
  });
});

it("is sent with the server's names, and only what belongs to its kind", () => {
  const sticker = put("poll", { text: " Tea? ", options: ["Yes", "No", ""] });
  const frame: DraftFrame = {
    ...emptyFrame("b", "photo", "key"),
    text: "left over",
    caption: " Our house ",
    stickers: [sticker],
  };
  const sent = sentFrame(frame, new Map([["key", "77"]]));
  expect(sent).toMatchObject({ media_id: "77", text: "", caption: "Our house", crop: null });
  expect(sent.stickers?.[0]).toMatchObject({ text: "Tea?", options: ["Yes", "No"] });
  expect(sent.stickers?.[0]).not.toHaveProperty("domain");
});

describe("for whom it is", () => {
  it("is connections where nothing sensible was kept", () => {
    expect(allowed(null)).toMatchObject({ who: "connections", hours: 24, replies: "all" });
    expect(allowed({ who: "group", group: null }).who).toBe("connections");
    expect(allowed({ hours: 5 }).hours).toBe(24);
  });

  it("is said by ids", () => {
    const group = { id: "9", name: "Choir" };
    const hidden = [{ id: "4", name: "Zoé" }];
    const ways = allowed({ who: "group", group, hidden });
    expect(audienceOf(ways)).toEqual({ who: "group", ref: "9", hidden_from: ["4"] });
    expect(audienceOf({ ...ways, who: "close" }).ref).toBeNull();
  });
});
