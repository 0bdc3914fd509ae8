/** `virtual:emoji/LOCALE`: signs, names and words to find them by, packed as one text. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const NAME = "virtual:emoji/";
const MOST_WORDS = 7;
/** Skin tones and hair on their own, which nobody sends. */
const PARTS_GROUP = 2;

type Source = {
  emoji: string;
  annotation: string;
  tags: string[];
  group: number;
  order: number;
  skins?: unknown[];
};

const require = createRequire(import.meta.url);

const bare = (text: string): string =>
  text.toLowerCase().replace("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "");
/** As keyboards send it: what is drawn in colour anyway needs no word about it. */
const sent = (sign: string): string => sign.replace(/(\p{Emoji_Presentation})\ufe0f/gu, "$1");
const words = (text: string): string[] =>
  bare(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);

/** Groups are parted by an empty line; a line is `sign|name|words`, a `+` before it: has tones. */
export function packed(locale: string): string {
  const path = require.resolve(`emoji-picker-element-data/${locale}/cldr/data.json`);
  const groups = new Map<number, string[]>();
  const all = JSON.parse(readFileSync(path, "utf8")) as Source[];
  for (const one of all.toSorted((a, b) => a.order - b.order)) {
    if (one.group === PARTS_GROUP) continue;
    const own = new Set(words(one.annotation));
    const found = [...new Set(one.tags.flatMap(words))].filter((word) => !own.has(word));
    const line = `${one.skins ? "+" : ""}${sent(one.emoji)}|${one.annotation}|${found.slice(0, MOST_WORDS).join(" ")}`;
    groups.set(one.group, [...(groups.get(one.group) ?? []), line]);
  }
  return [...groups.values()].map((lines) => lines.join("\n")).join("\n\n");
}

export function emoji(): Plugin {
  return {
    name: "entregent-emoji",
    resolveId(id) {
      return id.startsWith(NAME) ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return null;
      return `export default ${JSON.stringify(packed(id.slice(NAME.length + 1)))};`;
    },
  };
}
