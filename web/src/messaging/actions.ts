/** What a member does to conversations: seen at once, sent by the outbox, taken back by undo. */
import { type Mutation, outbox } from "../ports/outbox.ts";
import type { Row } from "../wire/types.ts";
import type { Id, Mark } from "../wire/words.ts";
import { type Former, inbox } from "./mailbox.svelte.ts";
import { inverse, marked } from "./model.ts";

const MARKS_AT_ONCE = 5_000;
/** Up to so many are put back to their places one by one. */
const SPOTS = 200;

export type Undo = () => void;
type MarkArgs = { ids: Id[]; mark: Mark };

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
