/** How well a language is spoken: any words, or one of LinkedIn's five, said in the reader's language. */
import { t } from "../kit/i18n.svelte.ts";

const KEPT = "Elementary,Limited working,Professional working,Full professional,Native or bilingual"
  .split(",")
  .map((one) => `${one} proficiency`);

/** What can be chosen. */
export const levels = (): string[] =>
  ([1, 2, 3, 4, 5] as const).map((one) => t(`profiles.level_${one}`));

function same(words: string, from: string[], to: string[]): string {
  const wanted = words.trim().toLowerCase();
  return to[from.findIndex((one) => one.toLowerCase() === wanted)] ?? words;
}

/** As the reader says it. */
export const levelSaid = (kept: string): string => same(kept, KEPT, levels());

/** As it is kept, so that everybody reads it in their own language. */
export const levelKept = (said: string): string => same(said, levels(), KEPT);
