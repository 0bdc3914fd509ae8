/** The room that the files of a message take: known before any of them is here. */
export type Kind = "picture" | "animation" | "video" | "voice" | "audio" | "file";
export type Shaped = { kind: Kind; width: number | null; height: number | null };

const WIDEST = 320;
const HIGHEST = 360;
const NARROWEST = 120;
const UNKNOWN = { width: 240, height: 180 };

export const visual = ({ kind }: { kind: Kind }): boolean =>
  kind === "picture" || kind === "animation" || kind === "video";

/** Width and height of one picture or film in a bubble. */
export function boxOf({ width, height }: Shaped): { width: number; height: number } {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return {
    width: Math.max(NARROWEST, Math.round(width * scale)),
    height: Math.max(80, Math.round(height * scale)),
  };
}

/** Minutes and seconds: 0:12. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** A size as people say it: 340 kB. */
export function sizeOf(bytes: number, locale: string): string {
  let at = 0;
  let size = bytes;
  while (size >= 1_000 && at < UNITS.length - 1) {
    size /= 1_000;
    at++;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[at] ?? "byte",
    unitDisplay: at ? "short" : "long",
    maximumFractionDigits: size < 10 && at > 1 ? 1 : 0,
  }).format(size);
}

/** As many bars as are drawn: the highest of each stretch, from 0 to 100. */
export function bars(peaks: number[], count = 64): number[] {
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    return Math.max(0, ...peaks.slice(from, to));
  });
}
