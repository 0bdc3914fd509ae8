/** What a member does in messaging: seen at once, sent by the outbox, taken back by undo. */
import { clock } from "../ports/clock.ts";
import { drafts, type LocalDraft } from "../ports/drafts.ts";
import { net } from "../ports/net.svelte.ts";
import { type Mutation, type Op, outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Message, Row } from "../wire/types.ts";
import type { Id, Mark } from "../wire/words.ts";
import { type Former, inbox } from "./mailbox.svelte.ts";
import { answered, inverse, marked } from "./model.ts";

const MARKS_AT_ONCE = 5_000;
/** Up to so many are put back to their places one by one. */
const SPOTS = 200;
const DRAFT_MS = 1_000;
const KEEP_MS = 120;
/** Ids from here up are ours, for conversations that the server has not named yet. */
const LOCAL = 2n ** 63n;

export type Undo = () => void;
type MarkArgs = { ids: Id[]; mark: Mark };
type SendArgs = { conversation: Id; text: string };
type BeginArgs = { local: Id; people: Id[]; title: string | null; text: string };
type DraftArgs = { conversation: Id; text: string };
type Begun = { row: Row; message?: Message | null };

const soft = (mark: Mark) => mark === "read" || mark === "unread";

/** While a great many are marked, in several writes: the lists as they were before the first. */
let former: Former | null = null;

outbox.verb<MarkArgs, unknown>("messaging.mark", {
  apply({ client_id, args: { ids, mark } }) {
    const to = mark === "read" || mark === "unread" ? undefined : mark;
    const change = (row: Row) => marked(row, mark);
    if (former && to) inbox.patchMany(client_id, ids, change, to, former);
    else inbox.patch(client_id, ids, change, soft(mark), to);
  },
  revert: ({ client_id }) => inbox.unpatch(client_id),
  done: ({ client_id }) => inbox.answered(client_id),
});

function submitMark(ids: Id[], mark: Mark): Mutation[] {
  const sent: Mutation[] = [];
  if (ids.length > MARKS_AT_ONCE) former = inbox.former();
  for (let from = 0; from < ids.length; from += MARKS_AT_ONCE) {
    const some = ids.slice(from, from + MARKS_AT_ONCE);
    sent.push(
      outbox.do<MarkArgs>(
        "messaging.mark",
        {
          method: "POST",
          path: "/api/conversations/marks",
          body: { ids: some, mark },
          lane: "messaging.marks",
          afterPaint: true,
        },
        { ids: some, mark },
      ),
    );
  }
  former = null;
  return sent;
}

/** What would make each conversation what it is now. */
function inverses(ids: Id[], how: Mark): Map<Mark, Id[]> {
  const back = new Map<Mark, Id[]>();
  const otherwise: Mark = how === "read" ? "unread" : how === "unread" ? "read" : "inbox";
  for (const id of ids) {
    const row = inbox.cells.peek(id);
    const undone = row ? inverse(row, how) : otherwise;
    if (!undone) continue;
    const some = back.get(undone);
    if (some) some.push(id);
    else back.set(undone, [id]);
  }
  return back;
}

/** Marks conversations; the answer takes it back, each to what it was. */
export function mark(ids: Id[], how: Mark): Undo {
  const many = ids.length > SPOTS;
  const lists = soft(how) ? [] : Object.values(inbox.views).filter((v) => v.state !== "empty");
  const spots = many ? [] : lists.map((view) => ids.map((id) => view.list.indexOf(id)));
  const before = many ? inbox.former() : null;
  const back = inverses(ids, how);
  const sent = submitMark(ids, how);
  return () => {
    // Back to their places first, so that the rows find themselves where they belong.
    lists.forEach((view, at) => {
      const old = before?.get(view.name);
      if (old) {
        view.restore(old, new Set(ids));
        return;
      }
      const order = ids
        .map((id, index) => ({ id, index: spots[at]?.[index] ?? -1 }))
        .filter((spot) => spot.index >= 0)
        .sort((a, b) => a.index - b.index);
      for (const spot of order) view.putBack(spot);
    });
    const rest = sent.filter((mutation) => !mutation.cancel()).length;
    if (rest) for (const [undone, some] of back) submitMark(some, undone);
  };
}

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
  stopKeeping(conversation);
  // The text stays a draft until the message is saved: not even a crash between the two loses it.
  drafts.put(inbox.me, conversation, { text, at: clock.now() });
  leaving.set(conversation, text);
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
  void saved.then(() => {
    leaving.delete(conversation);
    if (drafts.get(inbox.me, conversation)?.text === text && !keeping.has(conversation))
      drafts.remove(inbox.me, conversation);
  });
}

export const isLocal = (id: Id): boolean => BigInt(id) >= LOCAL;

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

// What is being typed: kept here after 120 ms, on the server after a second of rest.
const keeping = new Map<Id, { draft: LocalDraft; timer: ReturnType<typeof setTimeout> }>();
const sending = new Map<Id, ReturnType<typeof setTimeout>>();
const queued = new Map<Id, Mutation>();
/** Texts that are messages already, but not saved as such. */
const leaving = new Map<Id, string>();

outbox.verb<DraftArgs, unknown>("messaging.draft", {
  apply({ client_id, args: { conversation, text } }) {
    inbox.patch(client_id, [conversation], (row) => ({ ...row, draft: text || null }), true);
  },
  revert: ({ client_id }) => inbox.unpatch(client_id),
  done({ client_id, args: { conversation, text } }) {
    inbox.answered(client_id);
    queued.delete(conversation);
    // The server has it; unless more was typed since, the copy here has done its work.
    if ((drafts.get(inbox.me, conversation)?.text ?? "") === text && !keeping.has(conversation))
      drafts.remove(inbox.me, conversation);
  },
});

/** The text to go on with: what was typed here last, else what the server keeps. */
export function draftOf(conversation: Id): string {
  const kept = keeping.get(conversation)?.draft.text ?? drafts.get(inbox.me, conversation)?.text;
  const local = kept !== undefined && kept === leaving.get(conversation) ? "" : kept;
  return local ?? inbox.cells.peek(conversation)?.draft ?? "";
}

export function keepDraft(conversation: Id, text: string): void {
  clearTimeout(keeping.get(conversation)?.timer);
  const draft = { text, at: clock.now() };
  keeping.set(conversation, { draft, timer: setTimeout(() => writeDraft(conversation), KEEP_MS) });
  clearTimeout(sending.get(conversation));
  if (!isLocal(conversation))
    sending.set(
      conversation,
      setTimeout(() => sendDraft(conversation, text), DRAFT_MS),
    );
}

function writeDraft(conversation: Id): void {
  const kept = keeping.get(conversation);
  if (!kept) return;
  clearTimeout(kept.timer);
  keeping.delete(conversation);
  drafts.put(inbox.me, conversation, kept.draft);
}

function sendDraft(conversation: Id, text: string): void {
  writeDraft(conversation);
  sending.delete(conversation);
  // One that has not left yet says less than this one.
  queued.get(conversation)?.cancel();
  queued.delete(conversation);
  if ((inbox.cells.truth(conversation)?.draft ?? "") === text) {
    drafts.remove(inbox.me, conversation);
    return;
  }
  const mutation = outbox.do<DraftArgs>(
    "messaging.draft",
    {
      method: "PUT",
      path: `/api/conversations/${conversation}/draft`,
      body: { text },
      lane: `messaging.${conversation}`,
    },
    { conversation, text },
  );
  queued.set(conversation, mutation);
}

/** The text is being sent: the server drops its draft with the message that it was. */
function stopKeeping(conversation: Id): void {
  clearTimeout(keeping.get(conversation)?.timer);
  keeping.delete(conversation);
  clearTimeout(sending.get(conversation));
  sending.delete(conversation);
  queued.get(conversation)?.cancel();
  queued.delete(conversation);
}

/** Writes what is typed but not yet kept; called when the page goes away. */
export function keepAll(): void {
  for (const conversation of [...keeping.keys()]) writeDraft(conversation);
}

/** What was typed in an earlier page load and never reached the server is sent now. */
function resumeDrafts(): void {
  for (const conversation of drafts.waiting(inbox.me)) {
    if (!/^\d+$/.test(conversation) || isLocal(conversation)) continue;
    const draft = drafts.get(inbox.me, conversation);
    if (draft) sendDraft(conversation, draft.text);
  }
}

function countWaiting(): void {
  let waiting = 0;
  for (const op of outbox.pending())
    if (op.verb === "messaging.send" || op.verb === "messaging.begin") waiting++;
  net.waiting = waiting;
}

outbox.onChange(countWaiting);
session.onEntered(() => void setTimeout(resumeDrafts, 2_000));
session.onLeft(keepAll);
if (typeof window !== "undefined") window.addEventListener("pagehide", keepAll);
