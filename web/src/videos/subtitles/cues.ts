/** Lines of subtitles: what is said when, and how one writes it down while watching. */
export type Cue = { from: number; to: number; text: string };
/** A line in the making; the key tells it from others while its times change. */
export type Line = Cue & { key: string };

/** Nobody reads faster, and a line that was just begun lasts so long until it is cut. */
const SHORTEST_MS = 200;
const USUAL_MS = 3_000;

const sorted = <C extends Cue>(cues: readonly C[]): C[] =>
  cues.toSorted((a, b) => a.from - b.from || a.to - b.to);

/** What stands on the picture at that time: lines that overlap, one above the other. */
export function textAt(cues: readonly Cue[], at: number): string {
  return cues
    .filter(({ from, to }) => from <= at && at < to)
    .map(({ text }) => text)
    .join("\n");
}

/** 1:02.5, as short as it is exact. */
export function stamp(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const seconds = Math.floor(whole / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (n: number): string => String(n).padStart(2, "0");
  const rest = String(whole % 1_000)
    .padStart(3, "0")
    .replace(/0{1,2}$/, "");
  const front = hours ? `${hours}:${two(minutes)}` : String(minutes);
  return `${front}:${two(seconds % 60)}.${rest}`;
}

/** 1:02.5, 62.5, 62,5 or 1:01:02; null where it is no time. */
export function time(text: string): number | null {
  const found = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0", rest = ""] = found;
  if (found[2] !== undefined && Number(seconds) > 59) return null;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number(rest.padEnd(3, "0"));
}

/** A new line begins at that time, and ends before the next one does. */
export function begun(lines: readonly Line[], at: number, length: number, key: string): Line[] {
  const next = Math.min(
    ...lines.filter(({ from }) => from > at).map(({ from }) => from),
    length || Number.POSITIVE_INFINITY,
  );
  const from = Math.round(Math.min(at, Math.max(0, next - SHORTEST_MS)));
  const to = Math.max(from + SHORTEST_MS, Math.round(Math.min(at + USUAL_MS, next)));
  return sorted([...lines, { key, from, to, text: "" }]);
}

/** The line that is written ends here, and the next one begins. */
export function cut(
  lines: readonly Line[],
  key: string,
  at: number,
  length: number,
  next: string,
): Line[] {
  const ended = lines.map((one) =>
    one.key === key && at >= one.from + SHORTEST_MS ? { ...one, to: Math.round(at) } : one,
  );
  const from = Math.max(at, ended.find((one) => one.key === key)?.to ?? 0);
  return begun(ended, from, length, next);
}

/** A time was typed or taken from the player; in order again. */
export function moved(
  lines: readonly Line[],
  key: string,
  change: { from?: number; to?: number },
): Line[] {
  return sorted(lines.map((one) => (one.key === key ? { ...one, ...change } : one)));
}

export type Fault = "backwards" | "beyond";

/** Why a line cannot stand as it is; lines without a word are left out when all is saved. */
export function faultOf(line: Cue, length: number): Fault | null {
  if (line.to <= line.from) return "backwards";
  return length && line.from >= length ? "beyond" : null;
}

/** What is sent. */
export function finished(lines: readonly Line[]): Cue[] {
  return sorted(lines)
    .filter(({ text }) => text.trim())
    .map(({ from, to, text }) => ({ from, to, text: text.trim() }));
}
