import { list, t } from "../kit/i18n.svelte.ts";
import type { Message, Row } from "../wire/types.ts";
import { faces } from "./faces.svelte.ts";

/** What a conversation is called: its title, else the people in it. */
export function nameOfRow(row: Row): string {
  // Of two people, one wants to see the other: the subject of an imported letter says nothing.
  if (row.title && row.kind === "group") return row.title;
  const names = row.people.map((id) => faces.want(id)?.name ?? "").filter(Boolean);
  if (!names.length) return row.people.length ? " " : t("messaging.nobody");
  const others = row.size - 1 - names.length;
  if (names.length === 1 && others <= 0) return names[0] ?? "";
  const short = row.size > 3 ? names.map((name) => name.split(" ")[0] ?? name) : names;
  return list(others > 0 ? [...short, t("messaging.others", { count: others })] : short);
}

export function authorOf(message: Message): string {
  const card = message.author_id ? faces.want(message.author_id) : null;
  return card?.name || t("messaging.unknown_author");
}
