/** The state as the server's tests and ours compare it. */
import type { Counts, Desk, LogEvent, Message, Row } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { added, effect, type Numbers } from "./model.ts";
import { joined } from "./texts.ts";

/** The state as plain data: what the server's tests and ours compare. */
export type Plain = {
  counts: Partial<Counts>;
  desk: Desk;
  rows: Record<Id, Row>;
  /** Of the conversations that are open. */
  messages: Record<Id, Message[]>;
};

function counted(desk: Desk, delta: Numbers): Desk {
  const by = (key: string): number => delta[key] ?? 0;
  return {
    labels: desk.labels.map((one) => ({ ...one, count: one.count + by(`label.${one.id}`) })),
    boxes: desk.boxes.map((one) => ({
      ...one,
      count: one.count + by(`box.${one.id}`),
      unread: one.unread + by(`box.${one.id}.unread`),
    })),
    filters: desk.filters,
  };
}

/** Old state + event = fresh state. */
export function apply(state: Plain, event: LogEvent): Plain {
  const change = effect(event);
  const rows = { ...state.rows };
  const messages = { ...state.messages };
  for (const row of change.rows) rows[row.id] = row;
  for (const message of change.messages) {
    const thread = messages[message.conversation_id];
    // A thread that was never opened is read whole when it is.
    if (thread) messages[message.conversation_id] = joined(thread, [message]);
  }
  for (const id of change.removed) {
    delete rows[id];
    delete messages[id];
  }
  if (event.type === "message.changed") {
    const { message } = event;
    const thread = messages[message.conversation_id];
    // What is not shown is not added: it comes as it is now when it is read.
    const now = thread?.map((one) => (one.seq === message.seq ? message : one));
    if (now) messages[message.conversation_id] = now;
  } else if (event.type === "message.hidden") {
    const left = messages[event.conversation_id]?.filter((one) => one.seq !== event.seq);
    if (left) messages[event.conversation_id] = left;
  }
  const desk = event.type === "desk.changed" ? event.desk : counted(state.desk, change.delta);
  const own = Object.entries(change.delta).filter(([key]) => !key.includes("."));
  return { counts: added(state.counts, Object.fromEntries(own)), desk, rows, messages };
}
