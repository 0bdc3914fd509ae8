/** Which messages the first page can say: the others come in a chunk of their own, right after. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Catalogue } from "./messages.ts";

const STATIC =
  /(?:^|\n)\s*(?:import|export)\s(?!type\s)[^"'()]*?from\s*"(\.[^"]+)"|(?:^|\n)\s*import\s*"(\.[^"]+)"/g;

/** Every module that these need before they run. */
export function staticClosure(entries: string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file) || !/\.(svelte|ts)$/.test(file) || !existsSync(file)) return;
    const code = readFileSync(file, "utf8");
    found.set(file, code);
    for (const match of code.matchAll(STATIC)) {
      const path = resolve(dirname(file), match[1] ?? match[2] ?? "");
      for (const candidate of [path, `${path}.ts`]) visit(candidate);
    }
  };
  for (const entry of entries) visit(entry);
  return found;
}

/** Keys that stand in the code as they are, or begin as a template in the code does. */
export function keysIn(codes: Iterable<string>, catalogue: Catalogue): Set<string> {
  const keys = Object.keys(catalogue);
  const named = new Set<string>();
  for (const code of codes) {
    for (const [, word] of code.matchAll(/"([a-z_]+\.[a-z0-9_]+)"/g))
      if (word && word in catalogue) named.add(word);
    for (const [, start] of code.matchAll(/`([a-z_]+\.[a-z0-9_]*)\$\{/g))
      for (const key of keys) if (start && key.startsWith(start)) named.add(key);
  }
  return named;
}

export function split(
  catalogue: Catalogue,
  first: Set<string>,
): { first: Catalogue; rest: Catalogue } {
  const parts: { first: Catalogue; rest: Catalogue } = { first: {}, rest: {} };
  for (const [key, message] of Object.entries(catalogue))
    parts[first.has(key) ? "first" : "rest"][key] = message;
  return parts;
}
