/** Messages on their way: seen at once, sent by the outbox, kept when they are refused. */
import { clock } from "../ports/clock.ts";
import { drafts } from "../ports/drafts.ts";
import { live } from "../ports/live.ts";
import { net } from "../ports/net.svelte.ts";
import { type Op, outbox } from "../ports/outbox.ts";
import type { Forwarded, LastMedia, Message, Quote, Row, Scheduled } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { isLocal, LOCAL, leave } from "./drafting.ts";
import { MENTION } from "./format.ts";
import { inbox } from "./mailbox.svelte.ts";
import { waiting } from "./scheduled.svelte.ts";
import { answered } from "./texts.ts";
import "./threading.ts";

/** How a message is sent, where not simply now. */
export type How = {
  quote?: Quote | null;
  /** Whose text it is, when it is passed on. */
  forward?: { from: { conversation_id: Id; seq: number }; origin: Forwarded } | null;
  /** For so many seconds it can be taken back. */
  hold?: number;
  /** At this moment rather than now. */
  sendAt?: number | null;
  /** What the server knows already of what goes with it. */
  with?: Pick<Scheduled, "quote_seq" | "forward"> & { media: Id[] };
  /** What goes with it, by the keys of this browser, and how a list calls it. */
  files?: string[];
  brought?: LastMedia | null;
};
type SendArgs = How & { conversation: Id; text: string };
type BeginArgs = { local: Id; people: Id[]; title: string | null; text: string };
type Begun = { row: Row; message?: Message | null };
type Sent = { message: Message | null; scheduled: Scheduled | null };

/** Held by the server, to be taken back; by the id that we gave the message. */
const held = new Map<string, { id: Id; files: string[] }>();
/** Taken back while it was on its way: it is cancelled as soon as the server has named it. */
const regretted = new Set<string>();

outbox.verb<SendArgs, Sent>("messaging.send", {
  keepsRefused: true,
  ready(op) {
    const { files = [] } = op.args;
    if (!files.length || op.body["media"]) return null;
    return import("../media/uploads.svelte.ts").then(async ({ uploads }) => {
      const media = await uploads.settled(files);
      op.body = { ...op.body, media };
    });
  },
  apply({ client_id, at, args }) {
    const { conversation, text, files = [] } = args;
    if (args.sendAt) return waiting.expect(client_id, { ...args, sendAt: args.sendAt });
    inbox.threads.get(conversation).send({
      client_id,
      text,
      at,
      refusal: null,
      quote: args.quote ?? null,
      forwarded: args.forward?.origin ?? null,
      until: args.hold ? at + args.hold * 1_000 : null,
      files,
    });
    inbox.patch(
      client_id,
      [conversation],
      (row) => answered(row, text.replace(MENTION, "@$1"), at, inbox.me, args.brought),
      true,
    );
  },
  revert({ client_id, args: { conversation } }, refused) {
    inbox.unpatch(client_id);
    waiting.forget(client_id);
    const thread = inbox.threads.get(conversation);
    if (refused) thread.refuse(client_id, refused.message);
    else thread.unsend(client_id);
  },
  done({ client_id, args: { conversation, files = [] } }, { message, scheduled }) {
    if (scheduled && regretted.delete(client_id)) return void takeBack(scheduled.id);
    if (scheduled?.held) {
      held.set(client_id, { id: scheduled.id, files });
      return;
    }
    if (scheduled) {
      arrived(files);
      return waiting.put(scheduled, client_id);
    }
    if (message) inbox.threads.get(conversation).append(message);
    inbox.threads.get(conversation).unsend(client_id);
    inbox.answered(client_id);
    arrived(files);
  },
});

/** The server has them: this browser need not keep them any longer. */
function arrived(files: string[]): void {
  if (files.length)
    void import("../media/uploads.svelte.ts").then(({ uploads }) => uploads.arrived(files));
}

// What was held has left: it is as if it had been sent at once.
live.on("message.sent", ({ message: { client_id } }) => {
  const one = client_id ? held.get(client_id) : undefined;
  if (!client_id || !one) return;
  held.delete(client_id);
  arrived(one.files);
});

/** Sends a text; the answer takes it back, as long as that can be done. */
export function send(conversation: Id, text: string, how: How = {}): { takeBack: () => boolean } {
  // What is passed on was never in the composer.
  const left = how.forward || how.with ? () => {} : leave(conversation, text);
  const mentions = [...text.matchAll(MENTION)].map((match) => match[2]);
  const mutation = outbox.do<SendArgs>(
    "messaging.send",
    {
      method: "POST",
      path: `/api/conversations/${conversation}/messages`,
      body: {
        text,
        ...(how.quote ? { quote_seq: how.quote.seq } : {}),
        ...(mentions.length ? { mentions: [...new Set(mentions)] } : {}),
        ...(how.forward ? { forward: how.forward.from } : {}),
        ...how.with,
        ...(how.sendAt ? { send_at: how.sendAt } : {}),
        ...(how.hold && !how.sendAt ? { hold_seconds: how.hold } : {}),
      },
      // Words need not wait until a film is up.
      lane: how.files?.length ? `messaging.${conversation}.files` : `messaging.${conversation}`,
    },
    { ...how, conversation, text },
  );
  void mutation.saved.then(left);
  return { takeBack: () => mutation.cancel() || unsend(conversation, mutation.client_id) };
}

/** Takes back what is held, or on its way to be; false when it is too late. */
export function unsend(conversation: Id, clientId: string): boolean {
  const thread = inbox.threads.get(conversation);
  const pending = thread.pending.find((one) => one.client_id === clientId);
  if (pending?.files?.length && outbox.cancel(clientId)) return true;
  if (!pending?.until || pending.until <= clock.now()) return false;
  if (!outbox.cancel(clientId)) {
    const one = held.get(clientId);
    if (one) takeBack(one.id);
    else regretted.add(clientId);
    held.delete(clientId);
  }
  thread.unsend(clientId);
  inbox.unpatch(clientId);
  return true;
}

function takeBack(id: Id): void {
  outbox.mutate({
    op: { method: "POST", path: `/api/scheduled/${id}/cancel`, body: {} },
    apply: () => {},
    // Too late: it was sent, and its event shows it.
    revert: () => {},
  });
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
    starred: false,
    notify: "all",
    snoozed_until: null,
    remind_at: null,
    returned: null,
    held: null,
    awaiting: "them",
    mentioned: false,
    labels: [],
    box: null,
    sort_at: at,
    last_media: null,
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

/** Gives up a refused message. */
export function discard(conversation: Id, clientId: string): void {
  outbox.discard(clientId);
  inbox.threads.get(conversation).unsend(clientId);
  if (isLocal(conversation)) inbox.forget(conversation);
}

function countWaiting(): void {
  let waiting = 0;
  for (const op of outbox.pending())
    if (op.verb === "messaging.send" || op.verb === "messaging.begin") waiting++;
  net.waiting = waiting;
}

outbox.onChange(countWaiting);
