/** A rule as it is edited, and in words; pure but for the words. */
import { list, t } from "../../kit/i18n.svelte.ts";
import type { Filter } from "../../wire/types.ts";
import { inbox } from "../mailbox.svelte.ts";
import { tidied } from "../triage/filters.ts";

export interface Rule {
  id?: string | null;
  name: string;
  on: boolean;
  when: Partial<Filter>;
  box?: string | null;
  label?: string | null;
}

export const WHO = ["any", "stranger", "1", "2", "3"] as const;
export type Who = (typeof WHO)[number];

export function whoOf({ degree, stranger }: Partial<Filter>): Who {
  return stranger ? "stranger" : degree ? `${degree}` : "any";
}

export function withWho(when: Partial<Filter>, who: Who): Partial<Filter> {
  const { degree: _, stranger: __, ...others } = when;
  if (who === "any") return others;
  if (who === "stranger") return { ...others, stranger: true };
  return { ...others, degree: Number(who) as 1 | 2 | 3 };
}

const nameIn = (sets: { id: string; name: string }[], id: string): string =>
  sets.find((one) => one.id === id)?.name ?? t("messaging.rule_gone");

export const boxName = (id: string): string =>
  id === "0" ? t("messaging.box_personal") : nameIn(inbox.sets.boxes, id);

/** "the words “offer”, tagged client" */
export function conditionOf(when: Partial<Filter>): string {
  const who = whoOf(when);
  const parts = [
    ...(when.text ? [t("messaging.rule_says", { text: when.text })] : []),
    ...(when.tags?.length ? [t("messaging.rule_tagged", { tags: list(when.tags) })] : []),
    ...(when.organisation ? [t("messaging.rule_from", { name: when.organisation })] : []),
    ...(who === "any" ? [] : [t(`messaging.rule_who_${who}`)]),
    ...(when.labels ?? []).map((id) =>
      t("messaging.rule_labelled", { name: nameIn(inbox.sets.labels, id) }),
    ),
  ];
  return parts.length ? list(parts) : t("messaging.rule_everything");
}

export function actionOf({ box, label }: Rule): string {
  const parts = [
    ...(box ? [boxName(box)] : []),
    ...(label ? [t("messaging.rule_label", { name: nameIn(inbox.sets.labels, label) })] : []),
  ];
  return parts.length ? list(parts) : t("messaging.rule_nowhere");
}

/** As it is sent: what is empty says nothing. */
export function cleaned(rules: readonly Rule[]): Rule[] {
  return rules.map(({ id, name, on, when, box, label }) => ({
    ...(id ? { id } : {}),
    name: name.trim(),
    on,
    when: tidied(when as Filter),
    box: box || null,
    label: label || null,
  }));
}

export const isWhole = ({ box, label }: Rule): boolean => Boolean(box || label);
