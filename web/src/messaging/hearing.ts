/** What the log says of messages that are there already. */
import { live } from "../ports/live.ts";
import { inbox } from "./mailbox.svelte.ts";
import "./threading.ts";

live.on("message.changed", ({ message }) => inbox.threads.change(message));
live.on("message.hidden", ({ conversation_id, seq }) => inbox.threads.hide(conversation_id, seq));
live.on("receipt.changed", ({ conversation_id, person_id, delivered_seq, read_seq }) =>
  inbox.threads.receipt(conversation_id, person_id, { delivered_seq, read_seq }),
);
live.on("conversation.changed", ({ row }) => {
  const thread = inbox.threads.peek(row.id);
  // Somebody came or went, or may do more: known only when it is asked for.
  if (row.kind === "group" && thread?.people) void inbox.threads.company(row.id).catch(() => {});
});
