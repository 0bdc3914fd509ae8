/** For tests: what the server's tests wrote of each action — the state before it, what the log said,
 * and the fresh state. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogEvent } from "../wire/types.ts";

const PLACE = join(import.meta.dirname, "../../../tests/triples");

export type Triple<S> = { old: S; events: LogEvent[]; fresh: S };

/** Those of a slice, by their names. */
export const triples = <S>(slice: string): [string, Triple<S>][] =>
  readdirSync(PLACE)
    .filter((name) => name.startsWith(`${slice}_`))
    .map((name) => [name, JSON.parse(readFileSync(join(PLACE, name), "utf8")) as Triple<S>]);
