/** A file as a page shows it, wherever it is: still here, on its way, or with the server. */
import type { Attachment, Media } from "../wire/types.ts";
import type { Kind } from "./shape.ts";
import type { Upload } from "./uploads.svelte.ts";

export type Piece = {
  key: string;
  kind: Kind;
  name: string;
  size: number;
  width: number | null;
  height: number | null;
  duration: number | null;
  waveform: number[] | null;
  placeholder: string | null;
  alt: string;
  /** What a bubble shows, what fills the screen, what stands still, and what is saved. */
  shown: string | null;
  whole: string | null;
  poster: string | null;
  saved: string | null;
  state: "sending" | "processing" | "ready" | "refused" | "gone";
  refusal: string | null;
};

export const kindOf = ({ kind, voice }: Pick<Media, "kind" | "voice">): Kind =>
  voice && kind !== "video" ? "voice" : kind;

/** The first of these renditions that there is. */
function pick(media: Media, ...names: string[]): string | null {
  for (const name of names) {
    const found = media.files.find((one) => one.rendition === name);
    if (found) return found.url;
  }
  return media.url;
}

/** `own`: the same file, where this page still has it. */
export function pieceOf({ name, media }: Attachment, own: Upload | undefined): Piece | null {
  if (!media) return null;
  const kind = kindOf(media);
  const local = own && own.kind !== "file" ? own.url : null;
  const still = kind === "video" || kind === "animation";
  const state = media.state === "receiving" ? "processing" : media.state;
  return {
    key: media.id,
    kind,
    name,
    size: media.size,
    width: media.width ?? own?.width ?? null,
    height: media.height ?? own?.height ?? null,
    duration: media.duration ?? own?.duration ?? null,
    waveform: media.waveform ?? own?.waveform ?? null,
    placeholder: media.placeholder,
    alt: media.alt || own?.alt || "",
    shown: local ?? pick(media, "medium", "large", "small"),
    whole: local ?? pick(media, "large", "video", "audio", "medium"),
    poster: still ? pick(media, "poster", "small") : null,
    saved: media.url,
    state: state === "ready" && !media.url ? "gone" : state,
    refusal: media.refusal?.message ?? null,
  };
}

export function pieceOfUpload(upload: Upload): Piece {
  const { kind } = upload;
  const local = kind === "file" ? null : upload.url;
  return {
    key: upload.key,
    kind,
    name: upload.name,
    size: upload.size,
    width: upload.width,
    height: upload.height,
    duration: upload.duration,
    waveform: upload.waveform,
    placeholder: null,
    alt: upload.alt,
    shown: local,
    whole: local,
    poster: null,
    saved: null,
    state: upload.state === "refused" ? "refused" : "sending",
    refusal: upload.refusal,
  };
}
