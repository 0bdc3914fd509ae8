/** Mentions in the composer: the text shows @Name, the message says whom that means. */
import type { Id } from "../wire/words.ts";
import { MENTION } from "./format.ts";

export type Named = ReadonlyMap<string, Id>;

/** Names may not end the sign that holds them. */
export const mentionable = (name: string): string => name.replace(/[[\]()\n]/g, " ").trim();

/** As the message keeps it. */
export function encoded(text: string, named: Named): string {
  if (!named.size || !text.includes("@")) return text;
  // The longest first: "Ana Ruiz Vega" is not "Ana Ruiz" with a word after it.
  const names = [...named.keys()].sort((a, b) => b.length - a.length);
  let result = "";
  for (let at = 0; at < text.length; ) {
    const free = text[at] === "@" && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
    const name = free ? names.find((one) => begins(text, at + 1, one)) : undefined;
    if (name === undefined) {
      result += text[at];
      at++;
      continue;
    }
    result += `@[${name}](member:${named.get(name)})`;
    at += name.length + 1;
  }
  return result;
}

function begins(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/[\p{L}\p{N}]/u.test(text[at + name.length] ?? "");
}

/** As the field shows it, and whom the names in it mean. */
export function decoded(text: string): { text: string; named: Map<string, Id> } {
  const named = new Map<string, Id>();
  const shown = text.replace(MENTION, (_, name: string, id: Id) => {
    named.set(name, id);
    return `@${name}`;
  });
  return { text: shown, named };
}

/** What is being typed after an @ at the caret, or null. */
export function asked(text: string, caret: number): { from: number; query: string } | null {
  const before = text.slice(0, caret);
  const found = /(?:^|[\s(«“"'])@([\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{M}\p{N}'’.-]*)?)$/u.exec(
    before,
  );
  if (!found) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
}
