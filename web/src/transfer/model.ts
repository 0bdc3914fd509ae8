/** An import and what became of every file of it. */
import type { Id } from "../wire/words.ts";

export type State = "reading" | "done" | "refused" | "undoing" | "undone";

export interface Import {
  id: Id;
  file_name: string;
  state: State;
  progress: { done: number; total: number };
  started_at: number;
  finished_at: number | null;
  totals: Record<string, unknown> | null;
  refusal: { code: string; message: string } | null;
}

export interface FileReport {
  name: string;
  family: string | null;
  /** Why nothing of it was read. */
  ignored: string | null;
  rows: number;
  imported: number;
  duplicates: number;
  drafts: number;
  hidden: number;
  blank: number;
  bad_dates: number;
  refused: number;
  refused_rows: { line: number; reason: string }[];
  notes: string[];
}

export interface Report {
  files: FileReport[];
  notes: string[];
}

export const running = (one: Import): boolean => one.state === "reading" || one.state === "undoing";

/** Files that brought something first; apart, what there is no place for yet, and what was passed over. */
export function sorted(files: FileReport[]): Record<"read" | "unused" | "passed", FileReport[]> {
  const isUnused = (file: FileReport): boolean => file.notes.includes("not_shown_yet");
  const read = files.filter((file) => file.ignored === null);
  return {
    read: read.filter((file) => !isUnused(file)).toSorted((a, b) => b.imported - a.imported),
    unused: read.filter(isUnused),
    passed: files.filter((file) => file.ignored !== null),
  };
}

/** 0 to 1, or null while the length is not known. */
export function share(one: Import): number | null {
  const { done, total } = one.progress;
  return total > 0 ? Math.min(1, done / total) : null;
}

export const MAX_BYTES = 2 * 1024 ** 3;
const EXTENSIONS = /\.(zip|csv|json)$/i;

/** What is worth trying to send; the server looks at the content. */
export function acceptable(file: { name: string; size: number }): "type" | "empty" | null {
  if (!EXTENSIONS.test(file.name)) return "type";
  return file.size === 0 ? "empty" : null;
}
