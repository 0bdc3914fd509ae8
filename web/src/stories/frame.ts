/** A frame of a story as it is drawn, the same in the composer and in the viewer. */
import type { Media, StoryFrame, StorySticker, StoryStroke } from "../wire/types.ts";

/** The frame that all measures of the design speak of; positions are kept in thousandths of it. */
export const FRAME = { width: 450, height: 800 };
export const WHOLE = 1_000;

/** Backgrounds of text cards, by the names that the server keeps. */
export type Look = StoryFrame["look"];
export const LOOKS: readonly Look[] = [
  "ink",
  "paper",
  "dawn",
  "sea",
  "forest",
  "plum",
  "clay",
  "slate",
];

/** Where what was kept may name another. */
export const lookOf = (name: string): Look => LOOKS.find((one) => one === name) ?? "ink";

export type ShownSticker = Pick<
  StorySticker,
  "id" | "kind" | "x" | "y" | "scale" | "turn" | "text" | "domain" | "options" | "at" | "place"
>;

export type ShownFrame<S extends ShownSticker = ShownSticker> = Pick<
  StoryFrame,
  "kind" | "text" | "look" | "caption" | "alt" | "crop" | "drawing"
> & { stickers: S[] };

/** No more letters than that: an emoji is one. */
export const limited = (text: string, most: number): string => [...text].slice(0, most).join("");

/** Where the picture or film of a frame is to be had. */
export type Source = {
  picture: string | null;
  /** The same in several sizes, for the browser to choose from. */
  pictures: string | null;
  film: string | null;
  poster: string | null;
};

export const NOTHING: Source = { picture: null, pictures: null, film: null, poster: null };

const SIZES = ["large", "medium", "small"];
/** As wide as a frame ever is, and as a part of a picture makes the whole. */
export const sizesOf = (crop: StoryFrame["crop"]): string =>
  `calc(min(100vw, 484px) * ${1_000 / (crop?.width ?? 1_000)})`;

export function sourceOf(media: Media | null): Source {
  if (!media) return NOTHING;
  const first = (...names: string[]): string | null => {
    for (const name of names) {
      const found = media.files.find((one) => one.rendition === name);
      if (found) return found.url;
    }
    return null;
  };
  if (media.kind === "video")
    return { ...NOTHING, film: first("video") ?? media.url, poster: first("poster", "small") };
  const sized = media.files.filter(({ rendition, width }) => width && SIZES.includes(rendition));
  return {
    ...NOTHING,
    picture: first(...SIZES) ?? media.url,
    pictures: sized.map(({ url, width }) => `${url} ${width}w`).join(", ") || null,
  };
}

/** No line begins with a mark before which French puts a space, nor ends with an opening one. */
export function unbroken(text: string): string {
  return text.replace(/ (?=[:;!?»](?:\s|$))/g, "\u202f").replace(/« /g, "«\u202f");
}

/** In hundredths of the frame's width: few words stand large, many still fit. */
export function textSize(text: string): number {
  const { length } = text;
  const lines = text.split("\n").length;
  if (length <= 60 && lines <= 4) return 9;
  if (length <= 140 && lines <= 7) return 7;
  if (length <= 280 && lines <= 11) return 5.6;
  return length <= 480 && lines <= 15 ? 4.6 : 3.9;
}

/** A line of the drawing, for a viewBox of 1000 by 1778. */
export function pathOf({ points }: StoryStroke): string {
  const high = FRAME.height / FRAME.width;
  const parts: string[] = [];
  for (let at = 0; at + 1 < points.length; at += 2)
    parts.push(`${points[at] ?? 0} ${Math.round((points[at + 1] ?? 0) * high)}`);
  // A dot is a line of no length.
  if (parts.length === 1) parts.push(parts[0] ?? "");
  return `M${parts.join("L")}`;
}
