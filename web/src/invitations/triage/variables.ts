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
