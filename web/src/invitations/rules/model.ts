/** A rule as it is edited, and in words; pure but for the words. */
import { list, t } from "../../kit/i18n.svelte.ts";
import type { Reason } from "../model.ts";

export const NOTES = ["personal", "template", "nothing", "any"] as const;
export const ACTIONS = ["accept", "follow", "keep", "ask", "ignore"] as const;
export const KINDS = [
  "note",
  "mutuals_from",
  "mutuals_to",
  "organisation",
  "same",
  "tags",
  "age_from_days",
  "age_to_days",
  "accepted_from",
  "accepted_to",
  "reasons",
] as const;
export type Kind = (typeof KINDS)[number];
export type Action = (typeof ACTIONS)[number];

export interface Condition {
  note?: (typeof NOTES)[number] | null;
  reasons?: Reason[] | null;
  mutuals_from?: number | null;
  mutuals_to?: number | null;
  organisation?: string | null;
  same?: "organisation" | "school" | null;
  tags?: string[] | null;
  age_from_days?: number | null;
  age_to_days?: number | null;
  accepted_from?: number | null;
  accepted_to?: number | null;
}

export interface Draft {
  id?: string | null;
  name: string;
  on: boolean;
  when: Condition;
  then: Action;
  reply_id?: string | null;
}

export interface Forecast {
  total: number;
  counts: Record<string, number>;
  left: number;
  by_rule: number[];
}

/** What a condition of this kind says before anybody has changed it. */
export const FIRST: Required<Condition> = {
  note: "personal",
  reasons: ["worked_together"],
  mutuals_from: 3,
  mutuals_to: 0,
  organisation: "",
  same: "organisation",
  tags: [],
  age_from_days: 30,
  age_to_days: 7,
  accepted_from: 50,
  accepted_to: 20,
};

export const used = (when: Condition): Kind[] =>
  KINDS.filter((kind) => when[kind] !== undefined && when[kind] !== null);

function words(kind: Kind, when: Condition): string {
  switch (kind) {
    case "note":
      return t(`invitations.when_note_${when.note ?? "any"}`);
    case "same":
      return t(`invitations.when_same_${when.same ?? "organisation"}`);
    case "organisation":
      return t("invitations.when_organisation", { name: when.organisation ?? "" });
    case "tags":
      return t("invitations.when_tags", { tags: list(when.tags ?? []) });
    case "reasons":
      return t("invitations.when_reasons", {
        reasons: list((when.reasons ?? []).map((one) => t(`invitations.reason_${one}`))),
      });
    default:
      return t(`invitations.when_${kind}`, { count: when[kind] ?? 0 });
  }
}

/** "they wrote a note of their own and share 3 connections or more" */
export function sentenceOf(when: Condition): string {
  const kinds = used(when);
  return kinds.length
    ? list(kinds.map((kind) => words(kind, when)))
    : t("invitations.when_everybody");
}

/** As it is sent: what is empty says nothing. */
export function cleaned(rules: Draft[]): Draft[] {
  return rules.map(({ id, name, on, when, then, reply_id }) => ({
    ...(id ? { id } : {}),
    name: name.trim(),
    on,
    when: Object.fromEntries(used(when).map((kind) => [kind, when[kind]])) as Condition,
    then,
    ...(then === "ask" && reply_id ? { reply_id } : {}),
  }));
}
