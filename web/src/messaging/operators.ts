/** What can be typed into the search besides words, and how it is completed. Pure. */
export const OPERATORS = [
  "from",
  "to",
  "label",
  "date",
  "before",
  "after",
  "has",
  "in",
  "is",
] as const;
export type Operator = (typeof OPERATORS)[number];

/** The names by which each is typed; the server knows those of both languages. */
const NAMES: Record<"en" | "fr", Record<Operator, string>> = {
  en: {
    from: "from",
    to: "to",
    label: "label",
    date: "date",
    before: "before",
    after: "after",
    has: "has",
    in: "in",
    is: "is",
  },
  fr: {
    from: "de",
    to: "à",
    label: "libellé",
    date: "date",
    before: "avant",
    after: "après",
    has: "avec",
    in: "dans",
    is: "est",
  },
};

const VALUES: Record<"en" | "fr", Partial<Record<Operator, string[]>>> = {
  en: {
    from: ["me"],
    to: ["me"],
    date: ["today", "yesterday", "7d.."],
    before: ["today", "7d", "1y"],
    after: ["yesterday", "7d", "1y"],
    has: ["file", "link", "image", "video", "voice"],
    in: ["inbox", "archive", "requests", "spam", "promotions", "snoozed"],
    is: ["unread", "read", "starred"],
  },
  fr: {
    from: ["moi"],
    to: ["moi"],
    date: ["aujourd’hui", "hier", "7j.."],
    before: ["aujourd’hui", "7j", "1a"],
    after: ["hier", "7j", "1a"],
    has: ["fichier", "lien", "image", "vidéo", "vocal"],
    in: ["boîte", "archives", "demandes", "indésirables", "promotions", "veille"],
    is: ["nonlu", "lu", "favori"],
  },
};

export type Suggestion = { operator: Operator; typed: string };

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const nameOf = (operator: Operator, language: "en" | "fr") =>
  `${NAMES[language][operator]}:`;

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value);

/** What the last thing typed may become; `labels` and `boxes` are the member's own. */
export function suggestions(
  text: string,
  language: "en" | "fr",
  labels: string[] = [],
  boxes: string[] = [],
): Suggestion[] {
  const last = /(?:^|\s)([^\s"]+)$/.exec(text)?.[1];
  if (!last) return [];
  const colon = last.indexOf(":");
  const name = plain(colon < 0 ? last : last.slice(0, colon));
  const own = NAMES[language];
  if (colon < 0)
    return OPERATORS.filter(
      (one) => plain(own[one]).startsWith(name) && (name.length > 1 || own[one].length === 1),
    ).map((operator) => ({ operator, typed: `${own[operator]}:` }));
  const operator = OPERATORS.find((one) => one === name || plain(own[one]) === name);
  if (!operator) return [];
  const begun = plain(last.slice(colon + 1));
  const known = [
    ...(VALUES[language][operator] ?? []),
    ...(operator === "label" ? labels : operator === "in" ? boxes : []),
  ];
  return known
    .filter((value) => plain(value).startsWith(begun) && plain(value) !== begun)
    .slice(0, 8)
    .map((value) => ({ operator, typed: `${last.slice(0, colon + 1)}${quoted(value)}` }));
}

/** The text with its last thing completed; a value is done with, so that a word can follow. */
export function completed(text: string, typed: string): string {
  return text.replace(/[^\s"]*$/, typed) + (typed.endsWith(":") ? "" : " ");
}

const PIECE = /(?:[^\s":]+:)?"[^"]*"|\S+/g;

function isOperator(piece: string): boolean {
  const name = /^([^\s":]+):./.exec(piece)?.[1];
  if (!name) return false;
  return OPERATORS.some((one) => one === plain(name) || plain(NAMES.fr[one]) === plain(name));
}

/** Ways on from words that nothing has: without one of the operators, or with only one of the words;
 * `words` is what somebody may be looked for by. */
export function waysOn(text: string): { without: string[]; only: string[]; words: string } {
  const pieces = text.match(PIECE) ?? [];
  const words = pieces.filter((one) => !isOperator(one));
  return {
    without: pieces.filter(isOperator),
    only: words.length > 1 ? [...new Set(words)].slice(0, 4) : [],
    words: words.join(" ").replaceAll('"', ""),
  };
}

/** The text without that piece. */
export const lacking = (text: string, piece: string): string =>
  (text.match(PIECE) ?? []).filter((one) => one !== piece).join(" ");
