/** A thread's messages as the lines that are drawn: days, the unread line, groups of bubbles. */
import type { Forwarded, Message, Quote } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

export type Pending = {
  client_id: string;
  text: string;
  at: number;
  quote?: Quote | null;
  forwarded?: Forwarded | null;
  /** Until when it can still be taken back. */
  until?: number | null;
  /** What goes with it, by the keys of this browser. */
  files?: string[];
  /** The server's sentence, when it refused the message. */
  refusal: string | null;
};

export type Line =
  | { kind: "day"; key: string; at: number }
  | { kind: "new"; key: string }
  | {
      kind: "message";
      key: string;
      message: Message;
      mine: boolean;
      first: boolean;
      last: boolean;
      gap: boolean;
    }
  | { kind: "pending"; key: string; pending: Pending; first: boolean; last: boolean };

const GROUP_MS = 5 * 60_000;
const GAP_MS = 60 * 60_000;

/** Midnight of the member's day. */
export function dayOf(ms: number): number {
  const date = new Date(ms);
  return date.setHours(0, 0, 0, 0);
}

type Voice = { who: string; at: number };

function voice(message: Message, me: Id): Voice {
  const who =
    message.kind !== "text"
      ? `${message.kind}.${message.id}`
      : message.author_id === me
        ? "me"
        : (message.author_id ?? "nobody");
  return { who, at: message.at };
}

function together(a: Voice | null, b: Voice | null): boolean {
  return a !== null && b !== null && a.who === b.who && Math.abs(b.at - a.at) < GROUP_MS;
}

/**
 * `unreadAfter` is the last message that had been read when the thread was opened, or null: the
 * line stays where it was while the member reads on.
 */
export function linesOf(
  messages: Message[],
  pending: Pending[],
  me: Id,
  unreadAfter: number | null,
): Line[] {
  const lines: Line[] = [];
  const voices: (Voice | null)[] = messages.map((message) => voice(message, me));
  for (const one of pending) voices.push({ who: "me", at: one.at });
  let day = Number.NaN;
  let previous: Voice | null = null;
  let marked = unreadAfter === null;
  const dated = (at: number) => {
    const today = dayOf(at);
    if (today === day) return;
    day = today;
    previous = null;
    lines.push({ kind: "day", key: `day.${today}.${lines.length}`, at });
  };
  const nextOf = (index: number, at: number): Voice | null => {
    const next = voices[index + 1] ?? null;
    return next && dayOf(next.at) === dayOf(at) ? next : null;
  };
  messages.forEach((message, index) => {
    const mine = message.author_id === me;
    dated(message.at);
    if (!marked && unreadAfter !== null && message.seq > unreadAfter && !mine) {
      marked = true;
      previous = null;
      lines.push({ kind: "new", key: "new" });
    }
    const own = voices[index] ?? null;
    lines.push({
      kind: "message",
      key: message.client_id && mine ? message.client_id : message.id,
      message,
      mine,
      first: !together(previous, own),
      last: !together(own, nextOf(index, message.at)),
      gap: previous === null || message.at - previous.at > GAP_MS,
    });
    previous = own;
  });
  pending.forEach((one, index) => {
    dated(one.at);
    const own = voices[messages.length + index] ?? null;
    lines.push({
      kind: "pending",
      key: one.client_id,
      pending: one,
      first: !together(previous, own),
      last: !together(own, nextOf(messages.length + index, one.at)),
    });
    previous = own;
  });
  return lines;
}
