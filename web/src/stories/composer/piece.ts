/** What a story in the making is made of, and how it is said to the server. */
import type { NewFrame } from "../../wire/types.ts";
import type { Id } from "../../wire/words.ts";
import { lookOf, type ShownFrame, type ShownSticker } from "../frame.ts";
import { readAll, type Typed } from "./subtitles.ts";
import { allowed, type Ways } from "./ways.ts";

/** Where its files lie among those of conversations, and its words among their drafts. */
export const PLACE = "story";
export const STORY = "story";

export const MOST = {
  text: 700,
  caption: 500,
  subtitles: 6_000,
  alt: 1_000,
  words: 120,
  option: 60,
  place: 60,
  stickers: 12,
  strokes: 60,
  /** Numbers of one line, and of all of a frame. */
  line: 2_000,
  points: 16_000,
};

export type DraftSticker = ShownSticker & { member_id: Id | null; url: string | null };
/** `file`: by the key of this browser. */
export type DraftFrame = ShownFrame<DraftSticker> & {
  id: string;
  file: string | null;
  subtitles: Typed[];
};
export type Kept = { frames: DraftFrame[]; at: number; ways: Ways };

export function emptyFrame(id: string, kind: DraftFrame["kind"], file: string | null): DraftFrame {
  return {
    id,
    kind,
    file,
    text: "",
    look: "ink",
    caption: "",
    alt: "",
    crop: null,
    drawing: [],
    stickers: [],
    subtitles: [],
  };
}

export function newSticker(id: string, kind: DraftSticker["kind"]): DraftSticker {
  return {
    id,
    kind,
    x: 500,
    y: 500,
    scale: 100,
    turn: 0,
    text: "",
    domain: null,
    options: kind === "poll" ? ["", ""] : [],
    at: null,
    place: "",
    member_id: null,
    url: null,
  };
}

/** What was kept, by whatever page before; null where it cannot be read. */
export function readKept(text: string | undefined): Kept | null {
  if (!text) return null;
  try {
    const found = JSON.parse(text) as Partial<Kept>;
    if (!Array.isArray(found.frames)) return null;
    const frames = found.frames.filter((one) => typeof one?.id === "string");
    return {
      frames: frames.map((one) => {
        const frame = { ...emptyFrame(one.id, one.kind, one.file ?? null), ...one };
        // What an older page has left is one text, or none.
        const subtitles = Array.isArray(frame.subtitles) ? frame.subtitles : [];
        return { ...frame, look: lookOf(frame.look), subtitles };
      }),
      at: Number(found.at) || 0,
      ways: allowed(found.ways),
    };
  } catch {
    return null;
  }
}

/** The address as it is kept, and the part of it that is shown; null where it is none. */
export function linkOf(typed: string): { url: string; domain: string } | null {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return null;
  try {
    const url = new URL(/^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`);
    const web = url.protocol === "https:" || url.protocol === "http:";
    if (!web || !url.hostname.includes(".") || url.username) return null;
    return { url: url.href, domain: url.hostname };
  } catch {
    return null;
  }
}

/** What is still wanting in a sticker, by the field that lacks it. */
export function lacks(
  sticker: DraftSticker,
  now: number,
): "text" | "url" | "options" | "at" | null {
  if (sticker.kind === "link") return sticker.url ? null : "url";
  if (!sticker.text.trim() || (sticker.kind === "mention" && !sticker.member_id)) return "text";
  if (sticker.kind === "job" && sticker.url && !linkOf(sticker.url)) return "url";
  if (sticker.kind === "poll" && sticker.options.filter((one) => one.trim()).length < 2)
    return "options";
  if (sticker.kind === "countdown" && (sticker.at === null || sticker.at <= now)) return "at";
  return null;
}

export type Lack = { frame: number; sticker: string | null };

/** The first frame that cannot be shared as it is. */
export function firstLack(frames: readonly DraftFrame[], now: number): Lack | null {
  for (const [index, frame] of frames.entries()) {
    const bare = frame.kind === "text" && !frame.text.trim() && !frame.stickers.length;
    if (bare) return { frame: index, sticker: null };
    if (frame.kind === "video" && "bad" in readAll(frame.subtitles))
      return { frame: index, sticker: null };
    const sticker = frame.stickers.find((one) => lacks(one, now));
    if (sticker) return { frame: index, sticker: sticker.id };
  }
  return null;
}

/** As the server takes it; `media`: its name for each file, by the key of this browser. */
export function sentFrame(frame: DraftFrame, media: ReadonlyMap<string, Id>): NewFrame {
  const { kind, file, text, look, caption, alt, crop, drawing, stickers } = frame;
  const said = kind === "video" ? readAll(frame.subtitles) : null;
  return {
    kind,
    media_id: file === null ? null : (media.get(file) ?? null),
    text: kind === "text" ? text.trim() : "",
    look,
    caption: caption.trim(),
    alt: alt.trim(),
    crop: kind === "photo" ? crop : null,
    drawing,
    subtitles: said && "tracks" in said ? said.tracks : [],
    stickers: stickers.map((one) => ({
      id: one.id,
      kind: one.kind,
      x: one.x,
      y: one.y,
      scale: one.scale,
      turn: one.turn,
      text: one.text.trim(),
      member_id: one.member_id,
      url: one.url,
      place: one.place ?? "",
      options: one.options.map((option) => option.trim()).filter(Boolean),
      at: one.at,
    })),
  };
}
