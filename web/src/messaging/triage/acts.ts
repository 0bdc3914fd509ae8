/** What can be done to a conversation, and what it looks like then; pure. */
import type { Row } from "../../wire/types.ts";
import type { Id, Mark } from "../../wire/words.ts";
import type { View } from "../model.ts";

export type Act = { mark: Mark; until?: number; label?: Id; box?: Id | null };

/** Where a conversation goes by these; the others leave it where it is. */
const PLACES: Partial<Record<Mark, Row["view"]>> = {
  archived: "archived",
  inbox: "inbox",
  spam: "spam",
  snooze: "snoozed",
  unsnooze: "inbox",
  delete: "deleted",
};

export const placeOfAct = (act: Act): Row["view"] | null => PLACES[act.mark] ?? null;

/** The conversation leaves where it is seen at once; otherwise it stays until the view is left. */
export const moves = (act: Act): boolean => act.mark === "box" || act.mark in PLACES;

/** Whose answer a conversation waits for, in the place where it is. */
function awaiting(row: Row, view: Row["view"], before: Row): Row["awaiting"] {
  if (!row.writable) return null;
  const whose =
    before.awaiting ??
    (row.kind === "direct" && row.last_author_id && row.people.includes(row.last_author_id)
      ? "me"
      : null);
  if (whose === "me") return view === "inbox" ? "me" : null;
  return whose && ["inbox", "archived", "snoozed"].includes(view) ? "them" : null;
}

function placed(row: Row, view: Row["view"], until: number | null): Row {
  return {
    ...row,
    view,
    snoozed_until: until,
    awaiting: row.view === view ? row.awaiting : awaiting(row, view, row),
  };
}

const NEEDS_SEEN = new Set<Mark>(["archived", "spam", "snooze", "delete", "box", "remind", "read"]);

/** How far the member had seen: by conversation, and of those not named up to when. */
export type Seen = { seqs: Record<Id, number>; at: number | null; me: Id };

/** Whether another has said something since: then nothing is put away, and no more read than that. */
function newer(row: Row, { seqs, at, me }: Seen): boolean {
  const seq = seqs[row.id];
  return (
    row.last_author_id !== me &&
    (seq === undefined ? at !== null && row.last_at > at : row.last_seq > seq)
  );
}

/** The server's own rules, so that its event changes nothing. */
export function marked(row: Row, act: Act, seen?: Seen): Row {
  if (seen && NEEDS_SEEN.has(act.mark) && newer(row, seen)) {
    const read = act.mark === "read" ? (seen.seqs[row.id] ?? 0) : 0;
    return { ...row, read_seq: Math.max(row.read_seq, read) };
  }
  const { mark, until = 0, label = "", box = null } = act;
  const place = PLACES[mark];
  if (place) return placed(row, place, mark === "snooze" ? until : null);
  switch (mark) {
    case "read":
      return { ...row, unread: false, read_seq: row.last_seq, mentioned: false, returned: null };
    case "unread":
      return { ...row, unread: true };
    case "star":
    case "unstar":
      return { ...row, starred: mark === "star" };
    case "mute":
      return { ...row, notify: "none" };
    case "unmute":
      return { ...row, notify: "all" };
    case "mentions":
      return { ...row, notify: "mentions" };
    case "label":
      return row.labels.includes(label) ? row : { ...row, labels: [...row.labels, label] };
    case "unlabel":
      return { ...row, labels: row.labels.filter((one) => one !== label) };
    case "box":
      return { ...row, box };
    case "remind":
      return { ...row, remind_at: until };
    case "unremind":
      return { ...row, remind_at: null };
    default:
      return row;
  }
}

/** Whether conversations that are not loaded leave a view by an act. */
export function leaves(view: View, act: Act): boolean {
  const to = placeOfAct(act);
  if (act.mark === "box") return view === "inbox" || view === "unread" || view.startsWith("box:");
  if (!to || view === to) return false;
  if (to === "deleted") return true;
  if (view === "all" || view === "starred" || view === "drafts") return false;
  return !(view === "awaiting_them" && (to === "archived" || to === "snoozed"));
}

/** What of a row triage changes: what undo puts back. */
export type Former = Pick<
  Row,
  | "last_seq"
  | "view"
  | "unread"
  | "read_seq"
  | "starred"
  | "notify"
  | "snoozed_until"
  | "remind_at"
  | "returned"
  | "awaiting"
  | "mentioned"
  | "labels"
  | "box"
  | "sort_at"
>;

export function formerOf(row: Row): Former {
  const { last_seq, view, unread, read_seq, starred, notify, snoozed_until, remind_at } = row;
  const { returned, awaiting, mentioned, labels, box, sort_at } = row;
  return {
    last_seq,
    view,
    unread,
    read_seq,
    starred,
    notify,
    snoozed_until,
    remind_at,
    returned,
    awaiting,
    mentioned,
    labels,
    box,
    sort_at,
  };
}

/** What undoing makes of it, by the server's rules: what has come since stays new, where it came. */
export function restored(row: Row, { last_seq, ...was }: Former): Row {
  if (row.last_seq <= last_seq) return { ...row, ...was };
  const { view, awaiting, mentioned, sort_at, returned, snoozed_until, remind_at } = row;
  const since = { awaiting, mentioned, sort_at, returned, snoozed_until, remind_at };
  const unread = row.unread || was.unread;
  return { ...row, ...was, ...since, unread, view: view === "inbox" ? view : was.view };
}
