/**
 * Light formatting as a tree of plain values, drawn as elements: *bold* _italic_ `code`, lists,
 * quotes, fenced code, addresses, mentions. What does not fit the grammar stays as it was typed.
 */
import { displayable } from "./safe.ts";

export type Node =
  | { kind: "text"; text: string }
  | { kind: "bold"; nodes: Node[] }
  | { kind: "italic"; nodes: Node[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; text: string; at: string }
  | { kind: "mention"; id: string; name: string };

export type Block =
  | { kind: "text"; nodes: Node[] }
  | { kind: "quote"; nodes: Node[] }
  | { kind: "list"; start: number | null; items: Node[][] }
  | { kind: "code"; text: string };

export const MENTION = /@\[([^\]\n]{1,200})\]\(member:(\d{1,20})\)/g;
const FENCE = "```";
const BULLET = /^\s{0,3}[-•]\s+(?=\S)/;
const NUMBER = /^\s{0,3}(\d{1,4})[.)]\s+(?=\S)/;
const QUOTE = /^\s{0,3}>\s?/;
const ADDRESS = /\bhttps?:\/\/[^\s<>"«»“”`]+/gi;
/** What ends a sentence rather than an address. */
const TAIL = /[.,;:!?…'’)\]}*_]+$/;
const WORD = /[\p{L}\p{N}]/u;
const SIGNS = /[*_`@]|:\/\//;
const MARKED = /[*_`>•@]|:\/\/|^\s{0,3}(?:-|\d{1,4}[.)])\s/m;

const KEPT = 2_000;
const seen = new Map<string, Block[]>();

/** The blocks of a text; the same text gives the same tree. */
export function blocksOf(text: string): Block[] {
  let found = seen.get(text);
  if (!found) {
    found = cut(displayable(text));
    if (seen.size > KEPT) seen.clear();
    seen.set(text, found);
  }
  return found;
}

function cut(text: string): Block[] {
  if (!MARKED.test(text)) return [{ kind: "text", nodes: [{ kind: "text", text }] }];
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = (): void => {
    const joined = trimmed(plain);
    if (joined !== "") blocks.push({ kind: "text", nodes: nodesOf(joined) });
    plain = [];
  };
  /** The lines from `at` that begin so, without their signs. */
  const run = (at: number, sign: RegExp): string[] => {
    const found: string[] = [];
    for (
      let line = lines[at];
      line !== undefined && sign.test(line);
      line = lines[at + found.length]
    )
      found.push(line.replace(sign, ""));
    return found;
  };
  let fences = lines.filter((line) => line.trimStart().startsWith(FENCE)).length;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const begin = line.trimStart();
    if (begin.startsWith(FENCE) && begin.indexOf(FENCE, 3) > 0) {
      const inner = begin.slice(3, begin.lastIndexOf(FENCE));
      fences--;
      flush();
      blocks.push({ kind: "code", text: inner });
      continue;
    }
    if (begin.startsWith(FENCE) && fences > 1) {
      const end = lines.findIndex((one, index) => index > at && one.trim().endsWith(FENCE));
      if (end > at) {
        flush();
        blocks.push({ kind: "code", text: fenced(lines.slice(at, end + 1)) });
        fences = lines.slice(end + 1).filter((one) => one.trimStart().startsWith(FENCE)).length;
        at = end;
        continue;
      }
    }
    const quoted = run(at, QUOTE);
    const items = quoted.length ? [] : run(at, BULLET);
    const numbers = quoted.length || items.length ? [] : run(at, NUMBER);
    if (quoted.length) {
      flush();
      blocks.push({ kind: "quote", nodes: nodesOf(quoted.join("\n")) });
    } else if (items.length || numbers.length) {
      flush();
      const start = numbers.length ? Number(NUMBER.exec(line)?.[1] ?? 1) : null;
      blocks.push({ kind: "list", start, items: (start === null ? items : numbers).map(nodesOf) });
    } else plain.push(line);
    at += Math.max(0, quoted.length + items.length + numbers.length - 1);
  }
  flush();
  return blocks.length ? blocks : [{ kind: "text", nodes: [{ kind: "text", text }] }];
}

/** Between blocks an empty line more or less is only space. */
function trimmed(lines: string[]): string {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from]?.trim() === "") from++;
  while (to > from && lines[to - 1]?.trim() === "") to--;
  return lines.slice(from, to).join("\n");
}

/** Code between fences: what follows the first fence on its line names a language, and is dropped. */
function fenced(lines: string[]): string {
  const [first = "", ...rest] = lines;
  const last = (rest.pop() ?? "").trimEnd().slice(0, -FENCE.length);
  const head = first.trimStart().slice(FENCE.length);
  const body = [...rest];
  if (head.trim() && !/^[\w+#.-]{1,20}$/.test(head.trim())) body.unshift(head);
  if (last.trim()) body.push(last);
  return body.join("\n");
}

export function nodesOf(text: string): Node[] {
  return inline(text, true, true);
}

/** Runs through a stretch once; what bold or italic holds is run through once more. */
function inline(text: string, bold: boolean, italic: boolean): Node[] {
  if (!SIGNS.test(text)) return text ? [{ kind: "text", text }] : [];
  const nodes: Node[] = [];
  const links = linksIn(text);
  const mentions = mentionsIn(text);
  const barren = new Set<string>();
  let from = 0;
  let at = 0;
  const push = (node: Node, until: number): void => {
    if (at > from) nodes.push({ kind: "text", text: text.slice(from, at) });
    nodes.push(node);
    from = at = until;
  };
  while (at < text.length) {
    const special = links.get(at) ?? mentions.get(at);
    if (special) {
      push(special.node, special.until);
      continue;
    }
    const sign = text[at] ?? "";
    const wanted = (sign === "*" && bold) || (sign === "_" && italic) || sign === "`";
    if (!wanted || barren.has(sign) || !opens(text, at)) {
      at++;
      continue;
    }
    const end = closing(text, at, sign, links);
    // Without an end after this one, there is none after the next.
    if (end < 0) {
      if (end === NONE) barren.add(sign);
      at++;
      continue;
    }
    const inner = text.slice(at + 1, end);
    if (sign === "`") push({ kind: "code", text: inner }, end + 1);
    else if (sign === "*") push({ kind: "bold", nodes: inline(inner, false, italic) }, end + 1);
    else push({ kind: "italic", nodes: inline(inner, bold, false) }, end + 1);
  }
  if (from < text.length) nodes.push({ kind: "text", text: text.slice(from) });
  return nodes;
}

function opens(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  if (after === undefined || after === text[at] || /\s/.test(after)) return false;
  return before === undefined || (!WORD.test(before) && before !== text[at]);
}

/** No such sign ends anything in what follows; or only none in this line. */
const NONE = -1;
const NOT_HERE = -2;

function closing(text: string, start: number, sign: string, links: Map<number, Found>): number {
  let line = text.indexOf("\n", start);
  if (line < 0) line = text.length;
  for (let at = start + 2; at < line; at++) {
    const link = sign === "`" ? undefined : links.get(at);
    if (link) {
      at = link.until - 1;
      continue;
    }
    if (text[at] !== sign) continue;
    if (sign === "`") return at;
    const before = text[at - 1] ?? " ";
    const after = text[at + 1];
    if (!/\s/.test(before) && (after === undefined || (!WORD.test(after) && after !== sign)))
      return at;
  }
  return line === text.length ? NONE : NOT_HERE;
}

type Found = { node: Node; until: number };

function linksIn(text: string): Map<number, Found> {
  const found = new Map<number, Found>();
  if (!text.includes("://")) return found;
  for (const match of text.matchAll(ADDRESS)) {
    let shown = match[0];
    const tail = TAIL.exec(shown)?.[0] ?? "";
    // A closing bracket belongs to an address that has the opening one.
    const kept = tail.startsWith(")") && shown.includes("(") ? tail.slice(1) : tail;
    shown = shown.slice(0, shown.length - kept.length);
    const address = URL.canParse(shown) ? new URL(shown) : null;
    if (!address?.hostname) continue;
    const node: Node = { kind: "link", href: address.href, text: shown, at: namedIn(shown) };
    found.set(match.index, { node, until: match.index + shown.length });
  }
  return found;
}

/** The links of a text, wherever they stand in it. */
export function linksOf(text: string): Extract<Node, { kind: "link" }>[] {
  return [...linksIn(text).values()].flatMap(({ node }) => (node.kind === "link" ? [node] : []));
}

/** The part of an address that names the host, as it was typed: the server's doubts go by it. */
function namedIn(shown: string): string {
  return (/^https?:\/\/([^/?#\\]*)/i.exec(shown)?.[1] ?? "").toLowerCase();
}

function mentionsIn(text: string): Map<number, Found> {
  const found = new Map<number, Found>();
  if (!text.includes("](member:")) return found;
  for (const match of text.matchAll(MENTION)) {
    const [all, name = "", id = ""] = match;
    found.set(match.index, {
      node: { kind: "mention", id, name },
      until: match.index + all.length,
    });
  }
  return found;
}

/** The text without its signs, on one line: what a list, a quotation or a screen reader says. */
export function plain(text: string): string {
  const words = (nodes: Node[]): string =>
    nodes
      .map((node) => {
        if (node.kind === "bold" || node.kind === "italic") return words(node.nodes);
        return node.kind === "mention" ? `@${node.name}` : node.text;
      })
      .join("");
  return blocksOf(text)
    .map((block) => {
      if (block.kind === "code") return block.text;
      return block.kind === "list" ? block.items.map(words).join(" ") : words(block.nodes);
    })
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Only emoji, and few: shown large. */
export function onlyEmoji(text: string): boolean {
  const words = text.trim();
  if (words.length > 40 || !/^[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]/u.test(words))
    return false;
  segmenter ??= new Intl.Segmenter();
  const signs = [...segmenter.segment(words)].filter(({ segment }) => segment.trim() !== "");
  return (
    signs.length <= 3 &&
    signs.every(({ segment }) =>
      /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})/u.test(segment),
    )
  );
}

let segmenter: Intl.Segmenter | undefined;
