/** Subtitles as they are typed: a line for each thing said, “0:03 Hello” or “0:03–0:05.5 Hello”. */
import type { StoryTrack } from "../../wire/types.ts";

type Line = StoryTrack["lines"][number];
/** What is said in one language, as it is typed. */
export type Typed = { language: string; text: string };

/** So long a line stands that nothing follows, in milliseconds; and no film of a story is longer. */
const USUAL_MS = 3_000;
const WHOLE_MS = 60_500;
const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;
const TYPED = new RegExp(String.raw`^${TIME}(?:\s*[-–]\s*${TIME})?\s+(\S.*)$`);
const FILED = new RegExp(String.raw`${TIME}\s+-->\s+${TIME}`);

function moment([hours, minutes, seconds, rest]: (string | undefined)[]): number | null {
  if (seconds === undefined) return null;
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number((rest ?? "").padEnd(3, "0"));
}

function stamp(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const rest =
    ms % 1_000
      ? `.${String(ms % 1_000)
          .padStart(3, "0")
          .replace(/0+$/, "")}`
      : "";
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}${rest}`;
}

/** What is typed as the server takes it, or the number of the first line that cannot be read. */
export function read(typed: string): Line[] | number {
  const lines: (Line & { open: boolean })[] = [];
  for (const [index, text] of typed.split("\n").entries()) {
    if (!text.trim()) continue;
    const found = TYPED.exec(text.trim());
    const from = found && moment(found.slice(1, 5));
    if (!found || from === null) return index + 1;
    const to = moment(found.slice(5, 9));
    if (from >= WHOLE_MS || (to !== null && to <= from)) return index + 1;
    const end = Math.min(to ?? from + USUAL_MS, WHOLE_MS);
    lines.push({ from, to: end, text: found[9] ?? "", open: to === null });
  }
  lines.sort((a, b) => a.from - b.from);
  return lines.map(({ open, ...line }, index) => {
    const next = lines[index + 1]?.from;
    return open && next !== undefined && next > line.from
      ? { ...line, to: Math.min(line.to, next) }
      : line;
  });
}

/** The same of all languages; or in which one which line cannot be read. */
export function readAll(
  typed: readonly Typed[],
): { tracks: StoryTrack[] } | { language: string; bad: number } {
  const tracks: StoryTrack[] = [];
  for (const { language, text } of typed) {
    const lines = read(text);
    if (typeof lines === "number") return { language, bad: lines };
    if (lines.length) tracks.push({ language, lines });
  }
  return { tracks };
}

/** What was said already, to be typed otherwise. */
export const typedFrom = (tracks: readonly StoryTrack[]): Typed[] =>
  tracks.map(({ language, lines }) => ({
    language,
    text: lines
      .map(({ from, to, text }) => `${stamp(from)}–${stamp(to)} ${text.replaceAll("\n", " ")}`)
      .join("\n"),
  }));

/** What a .vtt or .srt file says, as one would type it; empty where it says nothing. */
export function typedOf(file: string): string {
  const lines: string[] = [];
  for (const block of file.replace(/\r\n?/g, "\n").split(/\n\s*\n/)) {
    const rows = block.split("\n");
    const at = rows.findIndex((row) => FILED.test(row));
    const found = FILED.exec(rows[at] ?? "");
    const text = rows
      .slice(at + 1)
      .join(" ")
      .replace(/<[^>]*>|\{[^}]*\}/g, "")
      .replace(/\s+/g, " ")
      .trim();
    const [from, to] = found
      ? [moment(found.slice(1, 5)), moment(found.slice(5, 9))]
      : [null, null];
    if (from !== null && to !== null && text) lines.push(`${stamp(from)}–${stamp(to)} ${text}`);
  }
  return lines.join("\n");
}
