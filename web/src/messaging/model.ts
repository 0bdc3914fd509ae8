/** What messaging is, without browser or network: events, views, counts, order. */
import type { Card, Counts, Desk, LogEvent, Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

export const TEXT_LIMIT = 8_000;
export const TITLE_LIMIT = 300;
export const GROUP_LIMIT = 50;

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

export function isFixed(word: string | undefined): word is Fixed {
  return (VIEWS as readonly string[]).includes(word ?? "");
}

export function isView(word: string | undefined): word is View {
  return isFixed(word) || /^(label|box|filter):\d{1,20}$/.test(word ?? "");
}

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

const NOTHING: Effect = {
  rows: [],
  cards: [],
  removed: [],
  messages: [],
  delta: {},
  refresh: false,
};

export function effect(event: LogEvent): Effect {
  switch (event.type) {
    case "message.sent":
      return {
        ...NOTHING,
        rows: [event.row],
        cards: event.cards,
        messages: [event.message],
        delta: event.delta,
      };
    case "conversation.changed":
      return { ...NOTHING, rows: [event.row], cards: event.cards, delta: event.delta };
    case "card.changed":
      return { ...NOTHING, cards: [event.card] };
    case "bulk.progressed":
    case "scheduled.changed":
    case "scheduled.removed":
      return { ...NOTHING, delta: event.delta };
    case "conversation.removed":
      return { ...NOTHING, removed: [event.id], delta: event.delta };
    case "inbox.refreshed":
      return { ...NOTHING, refresh: true };
    default:
      return NOTHING;
  }
}

/** What a row becomes when I send a text: the server's own rule, so that its event changes nothing. */
export function answered(row: Row, text: string, at: number, me: Id): Row {
  return {
    ...row,
    last_at: Math.max(at, row.last_at),
    sort_at: Math.max(at, row.sort_at),
    last_author_id: me,
    snippet: snippetOf(text),
    unread: false,
    read_seq: row.last_seq,
    draft: null,
    view: row.view === "requests" ? "inbox" : row.view,
  };
}

/** The state as plain data: what the server's tests and ours compare. */
export type Plain = {
  counts: Partial<Counts>;
  desk: Desk;
  rows: Record<Id, Row>;
  /** Of the conversations that are open. */
  messages: Record<Id, Message[]>;
};

function counted(desk: Desk, delta: Numbers): Desk {
  const by = (key: string): number => delta[key] ?? 0;
  return {
    labels: desk.labels.map((one) => ({ ...one, count: one.count + by(`label.${one.id}`) })),
    boxes: desk.boxes.map((one) => ({
      ...one,
      count: one.count + by(`box.${one.id}`),
      unread: one.unread + by(`box.${one.id}.unread`),
    })),
    filters: desk.filters,
  };
}

/** Old state + event = fresh state. */
export function apply(state: Plain, event: LogEvent): Plain {
  const change = effect(event);
  const rows = { ...state.rows };
  const messages = { ...state.messages };
  for (const row of change.rows) rows[row.id] = row;
  for (const message of change.messages) {
    const thread = messages[message.conversation_id];
    // A thread that was never opened is read whole when it is.
    if (thread) messages[message.conversation_id] = joined(thread, [message]);
  }
  for (const id of change.removed) {
    delete rows[id];
    delete messages[id];
  }
  if (event.type === "message.changed") {
    const { message } = event;
    const thread = messages[message.conversation_id];
    // What is not shown is not added: it comes as it is now when it is read.
    const now = thread?.map((one) => (one.seq === message.seq ? message : one));
    if (now) messages[message.conversation_id] = now;
  } else if (event.type === "message.hidden") {
    const left = messages[event.conversation_id]?.filter((one) => one.seq !== event.seq);
    if (left) messages[event.conversation_id] = left;
  }
  const desk = event.type === "desk.changed" ? event.desk : counted(state.desk, change.delta);
  const own = Object.entries(change.delta).filter(([key]) => !key.includes("."));
  return { counts: added(state.counts, Object.fromEntries(own)), desk, rows, messages };
}

/** Two stretches of one thread as one, in order, each message once. */
export function joined(old: Message[], fresh: Message[]): Message[] {
  const last = old[old.length - 1];
  const first = fresh[0];
  if (!last || !first) return old.length ? old : fresh;
  if (first.seq > last.seq) return [...old, ...fresh];
  const all = new Map(old.map((message) => [message.seq, message]));
  for (const message of fresh) all.set(message.seq, message);
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** What a conversation is called: its title, else the people in it. */
export function named(
  row: Row,
  nameOf: (id: Id) => string | undefined,
  and: (names: string[]) => string,
): string | null {
  if (row.title) return row.title;
  const names = row.people.map(nameOf).filter((name) => name !== undefined);
  if (!names.length) return null;
  return names.length === 1 ? (names[0] ?? null) : and(names);
}

/** Text on one line, cut where a snippet ends. */
export function snippetOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.slice(0, 140);
}

/** Counted as the server counts: a character outside the first plane is one. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) length--;
  return length;
}
