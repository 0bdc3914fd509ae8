/** Saved words and the names that are filled in; pure, as the server does it. */
export const VARIABLES = ["first_name", "name", "organisation", "headline", "me"] as const;
export type Variable = (typeof VARIABLES)[number];

const WORD = /\{(first_name|name|organisation|headline|me)\}/g;

/** Fills in; a sentence keeps its shape where a word is not known. */
export function fill(text: string, known: Partial<Record<Variable, string>>): string {
  return text
    .replace(WORD, (_, name: Variable) => known[name] ?? "")
    .replace(/ +([,.;!?])/g, "$1")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** For who goes on writing: what is not known stays to be filled in; where the first of it stands. */
export function fillKnown(
  text: string,
  known: Partial<Record<Variable, string>>,
): { text: string; gap: { from: number; to: number } | null } {
  const filled = text.replace(WORD, (sign, name: Variable) => known[name] || sign);
  const from = filled.search(/\{[a-z_]+\}/);
  return {
    text: filled,
    gap: from < 0 ? null : { from, to: filled.indexOf("}", from) + 1 },
  };
}
