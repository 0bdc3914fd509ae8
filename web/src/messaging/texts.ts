/** What is written and read in threads, without browser or network. */
import type { LastMedia, Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

export const TEXT_LIMIT = 8_000;
export const TITLE_LIMIT = 300;
export const GROUP_LIMIT = 50;

/** What a row becomes when I send a text: the server's own rule, so that its event changes nothing. */
export function answered(
  row: Row,
  text: string,
  at: number,
  me: Id,
  brought: LastMedia | null = null,
): Row {
  return {
    ...row,
    last_at: Math.max(at, row.last_at),
    sort_at: Math.max(at, row.sort_at),
    last_author_id: me,
    snippet: snippetOf(text),
    last_media: brought,
    unread: false,
    read_seq: row.last_seq,
    draft: null,
    view: row.view === "requests" ? "inbox" : row.view,
  };
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
