import type { Media } from "../wire/types.ts";

/** Where a size of a picture is; where there is none of that size, the picture itself. */
export function linkOf(media: Media, rendition: "small" | "medium" | "large"): string | null {
  return media.files.find((one) => one.rendition === rendition)?.url ?? media.url;
}
