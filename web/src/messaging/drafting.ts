/** What is being typed: kept here after 120 ms, on the server after a second of rest. */
import { clock } from "../ports/clock.ts";
import { drafts, type LocalDraft } from "../ports/drafts.ts";
import { type Mutation, outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Id } from "../wire/words.ts";
import { inbox } from "./mailbox.svelte.ts";

const DRAFT_MS = 1_000;
const KEEP_MS = 120;
/** Ids from here up are ours, for conversations that the server has not named yet. */
export const LOCAL = 2n ** 63n;

type DraftArgs = { conversation: Id; text: string };

export const isLocal = (id: Id): boolean => BigInt(id) >= LOCAL;

type Kept = { draft: LocalDraft; of: Id; timer: ReturnType<typeof setTimeout> };
const keeping = new Map<Id, Kept>();
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
  const timer = setTimeout(() => writeDraft(conversation), KEEP_MS);
  // Whose it is: the session may end before it is written.
  keeping.set(conversation, { draft, of: inbox.me, timer });
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
  drafts.put(kept.of, conversation, kept.draft);
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
    // What is a message by now would come back as a draft.
    if (draft && draft.text !== leaving.get(conversation)) sendDraft(conversation, draft.text);
  }
}

/**
 * The text is a message now. It stays a draft until the message is saved, so that not even a crash
 * between the two loses it; the answer is to be called then.
 */
export function leave(conversation: Id, text: string): () => void {
  stopKeeping(conversation);
  drafts.put(inbox.me, conversation, { text, at: clock.now() });
  leaving.set(conversation, text);
  return () => {
    leaving.delete(conversation);
    if (drafts.get(inbox.me, conversation)?.text === text && !keeping.has(conversation))
      drafts.remove(inbox.me, conversation);
  };
}

session.onEntered(() => void setTimeout(resumeDrafts, 2_000));
session.onLeft(keepAll);
if (typeof window !== "undefined") window.addEventListener("pagehide", keepAll);
