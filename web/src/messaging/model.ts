/** What messaging is, without browser or network: events, views, counts, order. */
import type { Card, Desk, LogEvent, Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

/** The views that everybody has, in the order of their tabs. */
export const VIEWS = [
  "inbox",
  "unread",
  "awaiting_me",
  "awaiting_them",
  "snoozed",
  "starred",
  "drafts",
  "archived",
  "requests",
  "promotions",
  "spam",
  "all",
] as const;
export type Fixed = (typeof VIEWS)[number];
/** "label:7": the member's own. */
export type View = Fixed | `${"label" | "box" | "filter"}:${Id}`;

/** Under which name a view is counted: "label:7" is "label.7". */
export const countKey = (view: View): string => view.replace(":", ".");

/** Whether a conversation is listed in a view; of a saved filter only the server can say. */
export function belongs(row: Row, view: View): boolean {
  const key = countKey(view);
  if (view === "unread") return Boolean(weight(row).unread);
  return Boolean(weight(row)[key]);
}

/** What one conversation adds to the counts. */
export function weight(row: Row): Numbers {
  if (row.view === "deleted") return {};
  const open = row.view === "inbox";
  const place = open && row.box ? `box.${row.box}` : row.view;
  const counts: Numbers = { all: 1, [place]: 1 };
  if (open && row.unread) counts[row.box ? `${place}.unread` : "unread"] = 1;
  if (row.draft) counts["drafts"] = 1;
  if (row.starred) counts["starred"] = 1;
  if (row.awaiting) counts[`awaiting_${row.awaiting}`] = 1;
  if (open) for (const label of row.labels) counts[`label.${label}`] = 1;
  return counts;
}

/** The counts of what the member sorts by, as the counts of the views are kept. */
export function weighed(desk: Desk): Numbers {
  const counts: Numbers = {};
  for (const { id, count } of desk.labels) counts[`label.${id}`] = count;
  for (const { id, count, unread } of desk.boxes) {
    counts[`box.${id}`] = count;
    counts[`box.${id}.unread`] = unread;
  }
  // Those of filters are asked for apart.
  for (const { id, count } of desk.filters) if (count != null) counts[`filter.${id}`] = count;
  return counts;
}

export type Numbers = { [name: string]: number | undefined };

export function added<T extends Numbers>(counts: T, delta: Numbers, sign = 1): T {
  const sum: Numbers = { ...counts };
  for (const [key, by] of Object.entries(delta)) sum[key] = (sum[key] ?? 0) + sign * (by ?? 0);
  return sum as T;
}

/** The order of every list: newest first, and by id where two are of one moment. */
export function precedes(a: Pick<Row, "id" | "sort_at">, b: Pick<Row, "id" | "sort_at">): boolean {
  if (a.sort_at !== b.sort_at) return a.sort_at > b.sort_at;
  return a.id.length === b.id.length ? a.id > b.id : a.id.length > b.id.length;
}

/** What one event changes, in the terms of the state. */
export type Effect = {
  rows: Row[];
  cards: Card[];
  removed: Id[];
  messages: Message[];
  delta: Record<string, number>;
  refresh: boolean;
};

const effectOf = (some: Partial<Effect>): Effect => ({
  rows: [],
  cards: [],
  removed: [],
  messages: [],
  delta: {},
  refresh: false,
  ...some,
});

export function effect(event: LogEvent): Effect {
  switch (event.type) {
    case "message.sent":
      return effectOf({
        rows: [event.row],
        cards: event.cards,
        messages: [event.message],
        delta: event.delta,
      });
    case "conversation.changed":
      return effectOf({ rows: [event.row], cards: event.cards, delta: event.delta });
    case "card.changed":
      return effectOf({ cards: [event.card] });
    case "bulk.progressed":
    case "scheduled.changed":
    case "scheduled.removed":
      return effectOf({ delta: event.delta });
    case "conversation.removed":
      return effectOf({ removed: [event.id], delta: event.delta });
    case "inbox.refreshed":
      return effectOf({ refresh: true });
    default:
      return effectOf({});
  }
}
