/** What a member does to messages: seen at once, sent by the outbox, taken back where that goes. */
import { outbox } from "../ports/outbox.ts";
import type { Message } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { inbox } from "./mailbox.svelte.ts";
import "./threading.ts";

/** As long a message can be edited, or deleted for everyone. */
export const CHANGE_MS = 60 * 60_000;

type Whom = "everyone" | "me";
type At = { conversation: Id; seq: number };
type EditArgs = At & { text: string };
type DeleteArgs = At & { whom: Whom };
type ReactArgs = At & { emoji: string; on: boolean };
type Answer = { message?: Message | null } | null;

const pathOf = ({ conversation, seq }: At): string =>
  `/api/conversations/${conversation}/messages/${seq}`;

const atOf = (message: Message): At => ({
  conversation: message.conversation_id,
  seq: message.seq,
});

/** The message with my reaction, or without it. */
export function reacted(message: Message, me: Id, emoji: string, on: boolean): Message {
  const there = message.reactions.some((one) => one.emoji === emoji);
  const reactions = message.reactions
    .map((one) => {
      if (one.emoji !== emoji) return one;
      const others = one.people.filter((id) => id !== me);
      return {
        ...one,
        people: on ? (one.people.includes(me) ? one.people : [...others, me]) : others,
      };
    })
    .filter((one) => one.people.length);
  if (on && !there) reactions.push({ emoji, people: [me] });
  return { ...message, reactions };
}

/** What is left of a message that was deleted for everyone. */
export function tombstone(message: Message): Message {
  return {
    ...message,
    deleted: true,
    text: "",
    subject: null,
    attachments: [],
    reactions: [],
    previews: [],
    mentions: [],
    quote: null,
    forwarded: null,
  };
}

outbox.verb<EditArgs, Answer>("messaging.edit", {
  apply({ client_id, at, args: { conversation, seq, text } }) {
    const change = (message: Message): Message => ({ ...message, text, edited_at: at });
    inbox.threads.get(conversation).patch(client_id, seq, change);
  },
  revert: ({ client_id, args }) => inbox.threads.get(args.conversation).unpatch(client_id),
  done: ({ client_id, args }, answer) =>
    inbox.threads.get(args.conversation).answered(client_id, answer?.message ?? undefined),
});

outbox.verb<DeleteArgs, Answer>("messaging.delete", {
  apply({ client_id, args: { conversation, seq, whom } }) {
    inbox.threads
      .get(conversation)
      .patch(client_id, seq, whom === "me" ? () => null : (message) => tombstone(message));
  },
  revert: ({ client_id, args }) => inbox.threads.get(args.conversation).unpatch(client_id),
  done({ client_id, args: { conversation, seq, whom } }) {
    const thread = inbox.threads.get(conversation);
    thread.answered(client_id);
    if (whom === "me") thread.hide(seq);
  },
});

outbox.verb<ReactArgs, Answer>("messaging.react", {
  apply({ client_id, args: { conversation, seq, emoji, on } }) {
    const change = (message: Message): Message => reacted(message, inbox.me, emoji, on);
    inbox.threads.get(conversation).patch(client_id, seq, change);
  },
  revert: ({ client_id, args }) => inbox.threads.get(args.conversation).unpatch(client_id),
  done: ({ client_id, args }, answer) =>
    inbox.threads.get(args.conversation).answered(client_id, answer?.message ?? undefined),
});

export function edit(message: Message, text: string): void {
  const at = atOf(message);
  outbox.do<EditArgs>(
    "messaging.edit",
    { method: "PATCH", path: pathOf(at), body: { text }, lane: `messaging.${at.conversation}` },
    { ...at, text },
  );
}

/** For some seconds it is only seen to be deleted; the answer takes it back in that time. */
export function remove(message: Message, whom: Whom): () => void {
  const at = atOf(message);
  const { cancel } = outbox.do<DeleteArgs>(
    "messaging.delete",
    { method: "DELETE", path: `${pathOf(at)}?for=${whom}`, holdMs: 7_000 },
    { ...at, whom },
  );
  return cancel;
}

export function react(message: Message, emoji: string): void {
  const at = atOf(message);
  const mine = message.reactions.find((one) => one.emoji === emoji)?.people.includes(inbox.me);
  outbox.do<ReactArgs>(
    "messaging.react",
    {
      method: mine ? "DELETE" : "PUT",
      path: `${pathOf(at)}/reactions/${encodeURIComponent(emoji)}`,
      lane: `messaging.react.${at.conversation}.${at.seq}`,
    },
    { ...at, emoji, on: !mine },
  );
}

/** What I may still change of a message. */
export function changeable(message: Message, now: number): boolean {
  return (
    message.author_id === inbox.me &&
    message.kind === "text" &&
    !message.deleted &&
    message.client_id !== null &&
    now - message.at < CHANGE_MS
  );
}
