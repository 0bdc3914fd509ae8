/** Messages on their way: seen at once, sent by the outbox, kept when they are refused. */
import { clock } from "../ports/clock.ts";
import { drafts } from "../ports/drafts.ts";
import { net } from "../ports/net.svelte.ts";
import { type Op, outbox } from "../ports/outbox.ts";
import type { Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { isLocal, LOCAL, leave } from "./drafting.ts";
import { inbox } from "./mailbox.svelte.ts";
import { answered } from "./model.ts";

type SendArgs = { conversation: Id; text: string };
type BeginArgs = { local: Id; people: Id[]; title: string | null; text: string };
type Begun = { row: Row; message?: Message | null };

outbox.verb<SendArgs, { message: Message }>("messaging.send", {
  keepsRefused: true,
  apply({ client_id, at, args: { conversation, text } }) {
    inbox.threads.get(conversation).send({ client_id, text, at, refusal: null });
    inbox.patch(client_id, [conversation], (row) => answered(row, text, at, inbox.me), true);
  },
  revert({ client_id, args: { conversation } }, refused) {
    inbox.unpatch(client_id);
    const thread = inbox.threads.get(conversation);
    if (refused) thread.refuse(client_id, refused.message);
    else thread.unsend(client_id);
  },
  done({ client_id, args: { conversation } }, { message }) {
    inbox.threads.get(conversation).append(message);
    inbox.threads.get(conversation).unsend(client_id);
    inbox.answered(client_id);
  },
});

export function send(conversation: Id, text: string): void {
  const left = leave(conversation, text);
  const { saved } = outbox.do<SendArgs>(
    "messaging.send",
    {
      method: "POST",
      path: `/api/conversations/${conversation}/messages`,
      body: { text },
      lane: `messaging.${conversation}`,
    },
    { conversation, text },
  );
  void saved.then(left);
}

/** Where conversations that began here went, once the server had named them. */
const named = new Map<Id, Id>();
const namings = new Set<(local: Id, id: Id) => void>();

export function onNamed(fn: (local: Id, id: Id) => void): () => void {
  namings.add(fn);
  return () => namings.delete(fn);
}

export const nameOf = (local: Id): Id => named.get(local) ?? local;

function begun({ args, at }: Op<BeginArgs>): Row {
  return {
    id: args.local,
    kind: args.people.length > 1 || args.title ? "group" : "direct",
    source: "entregent",
    title: args.title,
    people: args.people.slice(0, 3),
    size: args.people.length + 1,
    last_seq: 0,
    read_seq: 0,
    last_at: at,
    last_author_id: inbox.me,
    snippet: args.text,
    unread: false,
    view: "inbox",
    draft: null,
    writable: false,
  };
}

outbox.verb<BeginArgs, Begun>("messaging.begin", {
  keepsRefused: true,
  apply(op) {
    const { client_id, at, args } = op;
    inbox.put(begun(op));
    const thread = inbox.threads.get(args.local);
    thread.state = "ready";
    if (args.text) thread.send({ client_id, text: args.text, at, refusal: null });
  },
  revert({ client_id, args: { local } }, refused) {
    if (refused) inbox.threads.get(local).refuse(client_id, refused.message);
    else inbox.forget(local);
  },
  done({ args: { local } }, { row, message }) {
    named.set(local, row.id);
    inbox.forget(local);
    inbox.put(row);
    if (message) inbox.threads.append(message);
    for (const fn of namings) fn(local, row.id);
  },
});

/** Begins a conversation; the id is ours until the server has given its own. */
export function begin(people: Id[], title: string | null, text: string): Id {
  const local = String(LOCAL + BigInt(clock.now()));
  const { saved } = outbox.do<BeginArgs>(
    "messaging.begin",
    {
      method: "POST",
      path: "/api/conversations",
      body: { member_ids: people, ...(title ? { title } : {}), ...(text ? { text } : {}) },
      lane: `messaging.${local}`,
    },
    { local, people, title, text },
  );
  void saved.then(() => drafts.remove(inbox.me, "new"));
  return local;
}

export function retry(clientId: string): void {
  outbox.retry(clientId);
}

/** Gives up a refused message; its text is the answer, so that it can go back to the composer. */
export function discard(conversation: Id, clientId: string): string {
  const thread = inbox.threads.get(conversation);
  const text = thread.pending.find((one) => one.client_id === clientId)?.text ?? "";
  outbox.discard(clientId);
  thread.unsend(clientId);
  if (isLocal(conversation)) inbox.forget(conversation);
  return text;
}

function countWaiting(): void {
  let waiting = 0;
  for (const op of outbox.pending())
    if (op.verb === "messaging.send" || op.verb === "messaging.begin") waiting++;
  net.waiting = waiting;
}

outbox.onChange(countWaiting);
