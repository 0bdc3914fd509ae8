/** How far the others have come in what I wrote. */
import type { Message, Participant } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";

export type Reached = { readers: Id[]; delivered: boolean };

/**
 * By the number of the message of mine at which it ends: who has read so far, and whether all have
 * been given it. Nobody says so who does not want to be told either: then there is nothing here.
 */
export function reachedIn(
  messages: Message[],
  people: Participant[],
  me: Id,
): Map<number, Reached> {
  const reached = new Map<number, Reached>();
  const mine = messages.filter((message) => message.author_id === me && message.kind === "text");
  const last = mine[mine.length - 1];
  if (!last) return reached;
  const others = people.filter((one) => one.id !== me && one.kind === "member");
  for (const one of others) {
    const read = one.read_seq;
    const seq = mine.findLast((message) => message.seq <= read)?.seq;
    if (seq === undefined) continue;
    const here = reached.get(seq) ?? { readers: [], delivered: false };
    here.readers.push(one.id);
    reached.set(seq, here);
  }
  const delivered =
    others.length > 0 &&
    others.every((one) => Math.max(one.delivered_seq, one.read_seq) >= last.seq);
  if (delivered && !reached.has(last.seq)) reached.set(last.seq, { readers: [], delivered: true });
  return reached;
}
