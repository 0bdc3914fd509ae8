/** Emoji by name, in both languages, and those that were used last. */
export type Sign = {
  sign: string;
  name: string;
  tones: boolean;
  words: string;
  /** Its name in the other language, once that is here. */
  also?: string;
};

export const GROUPS = [
  "smileys",
  "people",
  "animals",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const;
export type Group = { name: (typeof GROUPS)[number]; signs: Sign[] };

/** What a message is answered with most; the first six keys. */
export const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;

const RECENT = "entregent.emoji";
const RECENT_MOST = 18;
const TONES = ["", "🏻", "🏼", "🏽", "🏾", "🏿"];

export const bare = (text: string): string =>
  text.toLowerCase().replace("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "");

const wordsIn = (text: string): string[] =>
  bare(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export function unpack(packed: string): Group[] {
  return packed.split("\n\n").map((lines, at) => ({
    name: GROUPS[at] ?? "symbols",
    signs: lines.split("\n").map((line) => {
      const tones = line.startsWith("+");
      const [sign = "", name = "", words = ""] = line.slice(tones ? 1 : 0).split("|");
      return { sign, name, tones, words: `${wordsIn(name).join(" ")} ${words}` };
    }),
  }));
}

/** The member's language first; the other one's words find too. */
export function merged(own: Group[], other: Group[]): Group[] {
  const others = new Map<string, Sign>();
  for (const group of other) for (const one of group.signs) others.set(one.sign, one);
  return own.map((group) => ({
    ...group,
    signs: group.signs.map((one) => ({
      ...one,
      words: `${one.words} ${others.get(one.sign)?.words ?? ""}`,
      also: others.get(one.sign)?.name ?? "",
    })),
  }));
}

function ranked(name: string, query: string): number {
  const words = wordsIn(name).join(" ");
  if (words === query) return 0;
  return words.startsWith(query) ? 1 : ` ${words}`.includes(` ${query}`) ? 2 : 3;
}

/** What every word of `query` begins a word of; names before other words. */
export function find(groups: Group[], query: string, most = 120): Sign[] {
  const wanted = wordsIn(query);
  if (!wanted.length) return [];
  const whole = wanted.join(" ");
  const found: { one: Sign; rank: number }[] = [];
  for (const group of groups)
    for (const one of group.signs) {
      const words = ` ${one.words}`;
      if (!wanted.every((word) => words.includes(` ${word}`))) continue;
      const rank = Math.min(ranked(one.name, whole), ranked(one.also ?? "", whole));
      found.push({ one, rank });
    }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}

/** A sign in one of six tones; each person in it takes the tone. */
export function toned(one: Sign, tone: number): string {
  const colour = TONES[tone];
  if (!colour || !one.tones) return one.sign;
  return one.sign.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/gu, `$1${colour}`);
}

type Kept = { recent: string[]; tone: number };

function kept(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(RECENT) ?? "") as Partial<Kept>;
    return { recent: found.recent ?? [], tone: found.tone ?? 0 };
  } catch {
    return { recent: [], tone: 0 };
  }
}

function keep(next: Kept): void {
  try {
    localStorage.setItem(RECENT, JSON.stringify(next));
  } catch {
    // Without storage the last ones are forgotten, nothing more.
  }
}

export const habits = {
  recent: (): string[] => kept().recent,
  tone: (): number => kept().tone,
  used(sign: string): void {
    const { recent, tone } = kept();
    const rest = recent.filter((one) => one !== sign);
    keep({ recent: [sign, ...rest].slice(0, RECENT_MOST), tone });
  },
  choose(tone: number): void {
    keep({ recent: kept().recent, tone });
  },
};
