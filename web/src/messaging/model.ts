/** What messaging is, without browser or network: events, views, counts, order. */
import type { Card, Counts, LogEvent, Message, Row } from "../wire/types.ts";
import type { Id, Mark } from "../wire/words.ts";

export const TEXT_LIMIT = 8_000;
export const TITLE_LIMIT = 300;
export const GROUP_LIMIT = 50;

export const VIEWS = [
  "inbox",
  "unread",
  "archived",
  "requests",
  "promotions",
  "spam",
  "all",
] as const;
export type View = (typeof VIEWS)[number];

export function isView(word: string | undefined): word is View {
  return (VIEWS as readonly string[]).includes(word ?? "");
}

/** Whether a conversation is listed in a view. */
export function belongs(row: Row, view: View): boolean {
  if (view === "all") return true;
  if (view === "unread") return row.unread && row.view === "inbox";
  return row.view === view;
}

/** What one conversation adds to the counts. */
export function weight(row: Row): Partial<Counts> {
  const counts: Partial<Counts> = { all: 1, [row.view]: 1 };
  if (row.unread && row.view === "inbox") counts.unread = 1;
  if (row.draft) counts.drafts = 1;
  return counts;
}

type Numbers = { [name: string]: number | undefined };

export function added<T extends Numbers>(counts: T, delta: Numbers, sign = 1): T {
  const sum: Numbers = { ...counts };
  for (const [key, by] of Object.entries(delta)) sum[key] = (sum[key] ?? 0) + sign * (by ?? 0);
  return sum as T;
}

/** The order of every list: newest first, and by id where two are of one moment. */
export function precedes(a: Pick<Row, "id" | "last_at">, b: Pick<Row, "id" | "last_at">): boolean {
  if (a.last_at !== b.last_at) return a.last_at > b.last_at;
  return a.id.length === b.id.length ? a.id > b.id : a.id.length > b.id.length;
}

export function marked(row: Row, mark: Mark): Row {
  switch (mark) {
    case "read":
      return { ...row, unread: false, read_seq: row.last_seq };
    case "unread":
      return { ...row, unread: true };
    default:
      return { ...row, view: mark };
  }
}

/** The mark that undoes a mark on a conversation that was as `row`. */
export function inverse(row: Row, mark: Mark): Mark | null {
  if (mark === "read") return row.unread ? "unread" : null;
  if (mark === "unread") return row.unread ? null : "read";
  if (row.view === mark) return null;
  return row.view === "archived" || row.view === "spam" ? row.view : "inbox";
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
  rows: Record<Id, Row>;
  /** Of the conversations that are open. */
  messages: Record<Id, Message[]>;
};

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
  return { counts: added(state.counts, change.delta), rows, messages };
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
