/** Saved filters: what can be said of a row here, and what only the server knows. */
import type { Filter, Row } from "../../wire/types.ts";

/** Whether a conversation matches; null where it depends on what the row does not say. */
export function matches(row: Row, filter: Filter): boolean | null {
  if (row.view === "deleted") return false;
  const { view, box, labels, awaiting, since, until } = filter;
  if (view && view !== "all" && row.view !== view) return false;
  if (box && (row.box ?? "0") !== box) return false;
  if (labels?.some((label) => !row.labels.includes(label))) return false;
  if (filter.unread != null && row.unread !== filter.unread) return false;
  if (filter.starred != null && row.starred !== filter.starred) return false;
  if (awaiting && row.awaiting !== awaiting) return false;
  if (since != null && row.last_at < since) return false;
  if (until != null && row.last_at > until) return false;
  return onlyServerKnows(filter) ? null : true;
}

export function onlyServerKnows({
  text,
  tags,
  organisation,
  degree,
  stranger,
  has_attachment,
}: Filter): boolean {
  const people = Boolean(text || tags?.length || organisation || degree);
  return people || has_attachment != null || stranger != null;
}

/** Without what is not asked: two filters that ask the same are the same. */
export function tidied(filter: Filter): Filter {
  const kept = Object.entries(filter).filter(
    ([, value]) => value != null && value !== "" && !(Array.isArray(value) && !value.length),
  );
  return Object.fromEntries(kept) as Filter;
}

export const isEmpty = (filter: Filter): boolean => !Object.keys(tidied(filter)).length;

/** Tags as one types them. */
export const tagsIn = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
