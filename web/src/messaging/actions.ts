/** Marks: seen at once, sent by the outbox, taken back as if they had not been. */
import { type Mutation, outbox } from "../ports/outbox.ts";
import { store } from "../ports/store.ts";
import type { Marked, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { inbox, MANY } from "./mailbox.svelte.ts";
import { type Former as Lists, many } from "./many.ts";
import type { View } from "./model.ts";
import {
  type Act,
  type Former,
  formerOf,
  leaves,
  marked,
  moves,
  restored,
  type Seen,
} from "./triage/acts.ts";

/** So many are named to the server; of more it is told which view they are. */
const NAMED = 500;
const AT_ONCE = 5_000;
const LANE = "messaging.marks";

export type Undo = () => void;
/** Everything in a view but a few: for more conversations than can be named. */
export type Everything = { view: View; except: Id[] };
type MarkArgs = { ids: Id[]; act: Act; seen?: Seen };
type UndoArgs = { of: string; ids: Id[]; rows: Record<Id, Former> };

/** What the server calls each mark that can be taken back; null where it had nothing to do. */
const undos = new Map<string, Id | null>();
const takenBack = new Map<string, Mutation>();

function backFrom(rows: Record<Id, Former>, row: Row): Row {
  const former = rows[row.id];
  return former ? restored(row, former) : row;
}

outbox.verb<MarkArgs, Marked>("messaging.mark", {
  apply({ client_id, args: { ids, act, seen } }) {
    inbox.patch(
      client_id,
      ids,
      (row) => marked(row, act, seen),
      !moves(act),
      moves(act) ? (view) => leaves(view, act) : undefined,
    );
  },
  revert({ client_id }) {
    inbox.unpatch(client_id);
    takenBack.get(client_id)?.cancel();
  },
  done({ client_id }, { undo, bulk, newer }) {
    if (newer.length) inbox.left(client_id, newer);
    inbox.answered(client_id);
    many.answered(client_id, bulk?.id);
    undos.set(client_id, undo);
    // Taken back before its name was known here.
    for (const op of [...outbox.pending()])
      if (op.verb === "messaging.undo" && (op.args as UndoArgs).of === client_id) {
        if (!undo) {
          outbox.cancel(op.client_id);
          continue;
        }
        op.body = { ...op.body, undo };
        void store.saveOp(op);
      }
  },
});

outbox.verb<UndoArgs, Marked>("messaging.undo", {
  apply({ client_id, args: { ids, rows } }) {
    inbox.patch(client_id, ids, (row) => backFrom(rows, row), false);
  },
  revert: ({ client_id }) => inbox.unpatch(client_id),
  done({ client_id }, { bulk }) {
    inbox.answered(client_id);
    many.answered(client_id, bulk?.id);
  },
});

/** Marks conversations; the answer takes it back, each to what it was. */
export function mark(ids: Id[], act: Act, all?: Everything): Undo {
  const lists = moves(act) ? Object.values(inbox.views).filter((v) => v.state !== "empty") : [];
  const before = ids.length > MANY ? many.former() : null;
  const spots = before ? [] : lists.map((view) => ids.map((id) => view.list.indexOf(id)));
  const rows: Record<Id, Former> = {};
  for (const id of ids) {
    const row = inbox.cells.peek(id);
    if (row) rows[id] = formerOf(row);
  }
  const sent = submit(ids, act, all);
  return () => {
    if (before) return takeBack(sent, rows, before);
    // Back to their places first, so that the rows find themselves where they belong.
    lists.forEach((view, at) => {
      const order = ids
        .map((id, index) => ({ id, index: spots[at]?.[index] ?? -1 }))
        .filter((spot) => spot.index >= 0)
        .sort((a, b) => a.index - b.index);
      for (const spot of order) {
        view.list.remove(spot.id);
        view.list.insert(Math.min(spot.index, view.list.length), spot.id);
      }
      view.changed();
    });
    takeBack(sent, rows, null);
  };
}

type Sent = { ids: Id[]; mutation: Mutation };

function submit(ids: Id[], act: Act, all?: Everything): Sent[] {
  const sent: Sent[] = [];
  const at = inbox.cells.newest || null;
  const step = all && ids.length > NAMED ? Math.max(1, ids.length) : AT_ONCE;
  for (let from = 0; from < ids.length; from += step) {
    const some = ids.slice(from, from + step);
    const seqs: Record<Id, number> = {};
    for (const id of some) {
      const truth = inbox.cells.truth(id);
      if (truth) seqs[id] = truth.last_seq;
    }
    const which = step === AT_ONCE ? { ids: some } : { all };
    // What is known of all, is known up to a moment.
    const seen = some.length > NAMED ? {} : seqs;
    const mutation = outbox.do<MarkArgs>(
      "messaging.mark",
      {
        method: "POST",
        path: "/api/conversations/marks",
        body: { ...which, ...act, seen, seen_at: at },
        lane: LANE,
        afterPaint: true,
      },
      { ids: some, act, seen: { seqs, at, me: inbox.me } },
    );
    sent.push({ ids: some, mutation });
  }
  return sent;
}

function takeBack(sent: Sent[], rows: Record<Id, Former>, lists: Lists | null): void {
  for (const { ids, mutation } of sent) {
    if (mutation.cancel()) continue;
    const of = mutation.client_id;
    const known = undos.get(of);
    if (known === null) continue;
    const former = Object.fromEntries(ids.flatMap((id) => (rows[id] ? [[id, rows[id]]] : [])));
    const write = {
      method: "POST" as const,
      path: "/api/conversations/undo",
      body: known ? { undo: known } : {},
      lane: LANE,
    };
    // The rows of a great many come by themselves; their lists are here.
    takenBack.set(
      of,
      outbox.do<UndoArgs>("messaging.undo", write, { of, ids: lists ? [] : ids, rows: former }),
    );
    if (lists)
      many.takeBack(takenBack.get(of)?.client_id ?? of, lists, ids, (row) => backFrom(former, row));
  }
}

/** Takes back what was done to many, by the server's name for it. */
export function undoBulk(undo: Id): void {
  const write = {
    method: "POST" as const,
    path: "/api/conversations/undo",
    body: { undo },
    lane: LANE,
  };
  outbox.do<UndoArgs>("messaging.undo", write, { of: "", ids: [], rows: {} });
}
