import { list, t } from "../kit/i18n.svelte.ts";
import { firstName } from "../kit/names.ts";
import type { Message, Row } from "../wire/types.ts";
import { faces } from "./faces.svelte.ts";

/** What a conversation is called: its title, else the people in it. */
export function nameOfRow(row: Row): string {
  // Of two people, one wants to see the other; what it is about comes second.
  if (row.title && row.size > 2) return row.title;
  const names = row.people.map((id) => faces.want(id)?.name ?? "").filter(Boolean);
  if (!names.length) {
    if (!row.people.length) return row.title ?? t("messaging.nobody");
    const asked = row.people.some((id) => !faces.get(id));
    return row.title || (asked ? " " : t("messaging.unknown_author"));
  }
  const others = row.size - 1 - names.length;
  if (names.length === 1 && others <= 0) return names[0] ?? "";
  const short = row.size > 3 ? names.map(firstName) : names;
  return list(others > 0 ? [...short, t("messaging.others", { count: others })] : short);
}

/** What a conversation of two is about, where it says so. */
export function topicOf(row: Row): string {
  return row.title && row.size <= 2 && row.source === "entregent" ? row.title : "";
}

export function authorOf(message: Message): string {
  const card = message.author_id ? faces.want(message.author_id) : null;
  return card?.name || t("messaging.unknown_author");
}
