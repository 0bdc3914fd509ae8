import { t } from "../kit/i18n.svelte.ts";
import type { Card } from "../wire/types.ts";

/** How close somebody is, in words. */
export function closeness(card: Pick<Card, "degree" | "kind">): string {
  if (card.kind === "contact") return t("profiles.not_member");
  if (card.kind === "gone") return t("profiles.gone");
  switch (card.degree) {
    case 0:
      return t("profiles.yourself");
    case 1:
      return t("profiles.connected");
    case 2:
      return t("profiles.second");
    case 3:
      return t("profiles.third");
    default:
      return t("profiles.outside");
  }
}

const OPEN_TO = {
  work: "profiles.open_work",
  hiring: "profiles.open_hiring",
  mentoring: "profiles.open_mentoring",
  speaking: "profiles.open_speaking",
  collaborating: "profiles.open_collaborating",
} as const;

export const OPENNESS = Object.keys(OPEN_TO) as (keyof typeof OPEN_TO)[];

export function openness(word: string): string {
  return word in OPEN_TO ? t(OPEN_TO[word as keyof typeof OPEN_TO]) : word;
}
